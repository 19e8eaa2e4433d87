package io.elacsym.engine.model;

/**
 * What an engine has done since it was opened.
 *
 * @param commits group commits, that is, WAL objects written
 * @param flushes live buffers that became segments
 * @param compactions merges of segments
 * @param lostIndexes indexes found missing or damaged
 * @param indexRebuilds indexes built anew for segments that are stored
 * @param failedIndexRebuilds how often that was begun and did not succeed
 * @param backgroundFailures how often work in the background of a namespace has failed
 * @param skippedWalEntries damaged WAL entries whose writes are lost
 * @param walBytes bytes of WAL objects written
 * @param blobBytes bytes of segments, indexes and tombstones written
 * @param flushBytes those of them that flushes wrote
 * @param compactionBytes those of them that compactions wrote; with the ones of flushes, over the
 *     ones of flushes, it is the write amplification
 */
public record EngineCounters(
    long commits,
    long flushes,
    long compactions,
    long lostIndexes,
    long indexRebuilds,
    long failedIndexRebuilds,
    long backgroundFailures,
    long skippedWalEntries,
    long walBytes,
    long blobBytes,
    long flushBytes,
    long compactionBytes) {}
