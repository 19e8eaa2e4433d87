/**
 * Immutable blobs on object storage: written once with checksums, read by ranges that are verified,
 * cached and counted. Byte by byte: {@code docs/format/sealed-blob.md}.
 */
package io.elacsym.engine.blob;
