/** From timings and answers to figures. */
package io.elacsym.benchmarks.measure;
