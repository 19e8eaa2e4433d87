/**
 * Measurements: {@code end-to-end} of a server over HTTP, {@code rivals} of the vector indexes
 * beside Lucene in one process, {@code kernels} of the vector arithmetic. {@code data} makes what
 * the first two need. Results are told in {@code docs/performance.md}.
 *
 * <p>The package holds the command line; {@code data} is what is measured on, {@code measure} turns
 * timings and answers into figures, and each kind of run has a package of its own.
 */
package io.elacsym.benchmarks;
