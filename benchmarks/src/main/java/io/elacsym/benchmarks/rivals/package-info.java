/** Our vector indexes and those of others on the same vectors, in turns. */
package io.elacsym.benchmarks.rivals;
