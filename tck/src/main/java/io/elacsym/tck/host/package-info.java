/** The host on a bad day: storage that does not answer, memory that is gone, threads that stay. */
package io.elacsym.tck.host;
