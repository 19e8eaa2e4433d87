/** The log: levels, lines, and where they go. */
package io.elacsym.distribution.logging;
