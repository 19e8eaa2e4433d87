/** The HTTP interface, seen from the command line. */
package io.elacsym.distribution.client;
