package io.elacsym.engine.segment;

import io.elacsym.engine.model.DocId;
import java.util.OptionalInt;

/** The ids of a segment, by row and in order. Immutable. */
public final class SegmentIds {
  private final IdList sorted;
  private final int[] rowOfRank;
  private final int[] rankOfRow;

  /**
   * @param sorted ascending ids
   * @param rowOfRank the row of each of them
   */
  SegmentIds(IdList sorted, int[] rowOfRank) {
    this.sorted = sorted;
    this.rowOfRank = rowOfRank;
    this.rankOfRow = new int[rowOfRank.length];
    for (int rank = 0; rank < rowOfRank.length; rank++) {
      rankOfRow[rowOfRank[rank]] = rank;
    }
  }

  static SegmentIds ofRows(IdList byRow) {
    int[] positions = byRow.sortedPositions();
    return new SegmentIds(byRow.permuted(positions), positions);
  }

  public int size() {
    return rowOfRank.length;
  }

  public DocId.Kind kind() {
    return sorted.kind();
  }

  /** The id of a row. */
  public DocId id(int row) {
    return sorted.get(rankOfRow[row]);
  }

  /** The row that has an id. */
  public OptionalInt row(DocId id) {
    int rank = sorted.search(id);
    return rank >= 0 ? OptionalInt.of(rowOfRank[rank]) : OptionalInt.empty();
  }

  /** How many ids are not greater than {@code id}: where a walk after it starts. */
  public int ranksUpTo(DocId id) {
    int rank = sorted.search(id);
    return rank >= 0 ? rank + 1 : -rank - 1;
  }

  /** The row of the {@code rank}-th smallest id, from 0. */
  public int rowOfRank(int rank) {
    return rowOfRank[rank];
  }

  IdList sorted() {
    return sorted;
  }
}
