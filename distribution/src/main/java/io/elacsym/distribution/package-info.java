/** The program {@code elacsym}. */
package io.elacsym.distribution;
