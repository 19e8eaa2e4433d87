package io.elacsym.engine.model;

import java.time.Instant;
import java.util.List;

/**
 * Counts of a namespace, as this process sees it.
 *
 * @param documents live documents, without those that are expired
 * @param expiredDocuments live documents that are expired: no request finds them, and a flush or a
 *     merge will leave them out
 * @param segments stored segments
 * @param segmentRows rows in segments, deleted ones included
 * @param deletedRows rows in segments that are deleted or replaced
 * @param liveRows documents in the live buffer
 * @param storedBytes bytes of segments, indexes and tombstones
 * @param unflushedBytes bytes of WAL entries that are not in segments yet
 * @param heldBytes bytes in memory that its open segments hold besides the caches
 * @param manifestVersion how often the manifest was committed
 * @param epoch how often a writer took over
 * @param walSequence the newest WAL entry known
 * @param createdAt when the namespace was created
 * @param troubles work in the background of this process that has failed, and is tried again
 * @param indexes the indexes of its segments, counted by what they are
 * @param building indexes that were added to attributes and that segments still lack
 */
public record NamespaceStats(
    long documents,
    long expiredDocuments,
    int segments,
    long segmentRows,
    long deletedRows,
    long liveRows,
    long storedBytes,
    long unflushedBytes,
    long heldBytes,
    long manifestVersion,
    long epoch,
    long walSequence,
    Instant createdAt,
    List<Trouble> troubles,
    List<IndexCount> indexes,
    List<IndexProgress> building) {
  public NamespaceStats {
    troubles = List.copyOf(troubles);
    indexes = List.copyOf(indexes);
    building = List.copyOf(building);
  }
}
