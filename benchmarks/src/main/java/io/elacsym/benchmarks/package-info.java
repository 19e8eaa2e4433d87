/**
 * Measurements: {@code end-to-end} of a server over HTTP, {@code rivals} of the vector indexes
 * beside those of others, {@code kernels} of the vector arithmetic. {@code data} makes what the
 * first two need. Results are told in {@code docs/performance.md}.
 *
 * <p>The package holds the command line; {@code data} has documents and {@code sets} has vectors to
 * measure on, {@code measure} turns timings and answers into figures, and each kind of run has a
 * package of its own.
 */
package io.elacsym.benchmarks;
