/**
 * Copies of blocks of blobs on a local disk, which may vanish or rot at any moment. It knows no
 * storage and no checksums: who reads a block says whether it holds. Byte by byte: {@code
 * docs/format/disk-cache.md}.
 */
package io.elacsym.engine.disk;
