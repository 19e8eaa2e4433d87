/**
 * What do the bytes of a blob say? Version 1 of {@code docs/format/index-hnsw.md}: another version
 * is another package beside this one.
 */
package io.elacsym.index.hnsw.blob.v1;
