/** Vector kernels: SIMD, and a scalar twin for machines without. */
package io.elacsym.engine.math;
