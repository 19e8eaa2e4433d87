package io.elacsym.engine.model;

/**
 * What a backup has done.
 *
 * @param version of the namespace that the copy has
 * @param copied objects that were copied
 * @param copiedBytes their bytes
 * @param kept objects that an earlier backup had copied already
 * @param skippedWalEntries entries of the WAL that are damaged, and so not part of the copy
 */
public record BackupReport(
    long version, int copied, long copiedBytes, int kept, int skippedWalEntries) {}
