/**
 * What do the bytes of a blob say? Version 1 of {@code docs/format/index-ivf.md}: another version
 * is another package beside this one.
 */
package io.elacsym.index.ivf.blob.v1;
