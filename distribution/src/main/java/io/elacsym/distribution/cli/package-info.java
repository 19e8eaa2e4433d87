/** The commands of {@code elacsym}: what they take, what they print, and how they end. */
package io.elacsym.distribution.cli;
