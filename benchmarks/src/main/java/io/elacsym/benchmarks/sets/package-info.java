/** Sets of vectors with held-out queries, all kept alike: where they come from, and their files. */
package io.elacsym.benchmarks.sets;
