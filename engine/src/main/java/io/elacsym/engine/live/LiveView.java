package io.elacsym.engine.live;

import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An immutable view of a live buffer. */
public final class LiveView {
  private final Document[] documents;
  private final RowSet alive;
  private final Map<DocId, Integer> newestRow;
  private final Map<String, float[][]> vectors;
  private final Map<String, LiveTextIndex> texts;

  LiveView(
      Document[] documents,
      RowSet alive,
      Map<DocId, Integer> newestRow,
      Map<String, float[][]> vectors,
      Map<String, LiveTextIndex> texts) {
    this.documents = documents;
    this.alive = alive;
    this.newestRow = newestRow;
    this.vectors = vectors;
    this.texts = texts;
  }

  /** Rows that are neither deleted nor replaced. Its row count bounds what this view sees. */
  public RowSet alive() {
    return alive;
  }

  public Document document(int row) {
    return documents[row];
  }

  /** The row with an id, if it is alive in this view. */
  public OptionalInt row(DocId id) {
    Integer newest = newestRow.get(id);
    if (newest == null) {
      return OptionalInt.empty();
    }
    if (newest < alive.rowCount()) {
      return alive.contains(newest) ? OptionalInt.of(newest) : OptionalInt.empty();
    }
    // The document was replaced after this view was made; the row that the view sees is an older
    // one.
    for (int row = alive.next(0); row >= 0; row = alive.next(row + 1)) {
      if (documents[row].id().equals(id)) {
        return OptionalInt.of(row);
      }
    }
    return OptionalInt.empty();
  }

  /** The vector of a row; empty array when it has none. */
  public float[] vector(String field, int row) {
    float[][] column = vectors.get(field);
    return column == null ? VectorColumn.NONE : column[row];
  }

  /** Ranks the rows of a text field; pass sets of this view's rows only. */
  public Optional<LiveTextIndex> text(String field) {
    return Optional.ofNullable(texts.get(field));
  }
}
