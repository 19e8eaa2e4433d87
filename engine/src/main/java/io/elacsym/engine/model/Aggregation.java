package io.elacsym.engine.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a request wants to know of all documents that it finds together.
 *
 * @param aggregates by label, at most {@link #MAX_LABELS}
 * @param facets by label, at most {@link #MAX_LABELS}
 */
public record Aggregation(
    SequencedMap<String, Aggregate> aggregates,
    SequencedMap<String, Facet> facets,
    Optional<Grouping> grouping) {
  public static final int MAX_LABELS = 64;

  /** Nothing. */
  public static final Aggregation NONE =
      new Aggregation(new LinkedHashMap<>(), new LinkedHashMap<>(), Optional.empty());

  public Aggregation {
    aggregates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(aggregates));
    facets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facets));
  }

  /** Whether nothing is asked for. */
  public boolean isEmpty() {
    return aggregates.isEmpty() && facets.isEmpty() && grouping.isEmpty();
  }
}
