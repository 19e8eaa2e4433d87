package io.elacsym.engine.model;

import java.util.Optional;

/**
 * A page of documents in id order.
 *
 * @param filter which documents
 * @param after only ids greater than this
 * @param limit at most this many, 1 to 10,000; fewer come back when they take much memory
 * @param projection which fields come back
 * @param consistency what it must see
 */
public record ScanRequest(
    Optional<Filter> filter,
    Optional<DocId> after,
    int limit,
    Projection projection,
    Consistency consistency) {
  public static final int MAX_LIMIT = 10_000;
}
