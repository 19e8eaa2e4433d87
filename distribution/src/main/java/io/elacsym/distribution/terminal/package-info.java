/** What a person at a terminal sees: tables, progress, figures. */
package io.elacsym.distribution.terminal;
