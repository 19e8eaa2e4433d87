/** Segments in columnar files: reading, declarations, compression. */
package io.elacsym.format.columnar;
