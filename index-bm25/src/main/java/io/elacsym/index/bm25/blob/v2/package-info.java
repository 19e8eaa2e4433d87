/**
 * What do the bytes of a blob say, and how are they read in few waves? Version 2 of {@code
 * docs/format/index-bm25.md}: another version is another package beside this one.
 */
package io.elacsym.index.bm25.blob.v2;
