/**
 * The write-ahead log: one object per group commit, numbered without gaps. Byte by byte: {@code
 * docs/format/wal.md}.
 */
package io.elacsym.engine.wal;
