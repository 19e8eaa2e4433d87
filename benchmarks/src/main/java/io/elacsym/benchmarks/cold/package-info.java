/** The first queries of a namespace on storage that takes its time. */
package io.elacsym.benchmarks.cold;
