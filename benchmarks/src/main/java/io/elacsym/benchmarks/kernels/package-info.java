/** The engine's vector arithmetic, measured by JMH. */
package io.elacsym.benchmarks.kernels;
