/** Slow and obvious answers to compare with. */
package io.elacsym.tck.oracle;
