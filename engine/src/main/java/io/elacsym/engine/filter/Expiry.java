package io.elacsym.engine.filter;

import io.elacsym.engine.model.Schema;
import java.time.Instant;
import java.util.Optional;

/** Which documents are expired. */
public final class Expiry {
  private Expiry() {}

  /** Matches the documents that are expired at a moment; empty when none ever is. */
  public static Optional<TypedFilter> at(Instant now, Schema schema) {
    return schema
        .timeToLive()
        .map(ttl ->
            new TypedFilter.Compare(
                ttl.attribute(), TypedFilter.Order.LESS_OR_EQUAL, ttl.lastExpired(now)));
  }
}
