/** The documents and queries that are measured on, and the files they are kept in. */
package io.elacsym.benchmarks.data;
