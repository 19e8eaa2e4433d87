package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * Where a page of results begins. Pages are stable while others write: no document comes twice, and
 * one that is there all the time, in the place where it is, is never passed over.
 */
public sealed interface Cursor {
  /** At the first result. */
  record Start() implements Cursor {}

  /**
   * Behind a document in the order of ids.
   *
   * @param id of the last one that was seen
   */
  record Behind(DocId id) implements Cursor {}

  /**
   * Behind a document in an order of attributes, whether or not it is still there.
   *
   * @param values what has put it in its place, one for each key of the order; empty where it had
   *     none
   * @param id of it
   */
  record BehindValues(List<Optional<Given>> values, DocId id) implements Cursor {
    public BehindValues {
      values = List.copyOf(values);
    }
  }

  /**
   * At the best result that was not seen yet. Scores move while others write, those of texts with
   * every document, so a place in their order is none; what was seen is.
   *
   * @param ids of the documents that were seen, at most {@link #MAX_SEEN}
   */
  record Unseen(List<DocId> ids) implements Cursor {
    /** After so many results by score there is no next page. */
    public static final int MAX_SEEN = 10_000;

    public Unseen {
      ids = List.copyOf(ids);
    }
  }
}
