/** Our vector indexes and Lucene's in one process, on the same vectors, in turns. */
package io.elacsym.benchmarks.rivals;
