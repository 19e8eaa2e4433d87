/**
 * The host, also on a bad day: many threads at once, storage that does not answer, memory that is
 * gone, threads that stay.
 */
package io.elacsym.tck.host;
