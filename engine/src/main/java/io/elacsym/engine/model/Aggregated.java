package io.elacsym.engine.model;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What an {@link Aggregation} has asked for, in the order in which it was asked.
 *
 * @param aggregates by label
 * @param facets by label
 */
public record Aggregated(
    SequencedMap<String, Outcome> aggregates,
    SequencedMap<String, Counts> facets,
    Optional<Groups> groups) {

  public Aggregated {
    aggregates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(aggregates));
    facets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facets));
  }

  /** How many numbers, values, buckets and groups there are. */
  public int size() {
    return aggregates.size()
        + facets.values().stream().mapToInt(counts -> counts.buckets().size()).sum()
        + groups.map(all -> all.groups().size()).orElse(0);
  }

  /** What an aggregate is. */
  public sealed interface Outcome {}

  /** A count, or a sum of whole numbers, of any size. */
  public record Whole(BigInteger value) implements Outcome {}

  /** A value of an attribute, or a float that was computed. */
  public record Single(Value.Scalar value) implements Outcome {}

  /** There was no value of which it could have been made. */
  public record Nothing() implements Outcome {}

  /**
   * A facet.
   *
   * @param more whether there are others beyond the limit
   */
  public record Counts(List<Bucket> buckets, boolean more) {
    public Counts {
      buckets = List.copyOf(buckets);
    }
  }

  /** Documents that a facet counts together. */
  public sealed interface Bucket {
    /** How many there are. */
    long count();
  }

  /** Those with a value. */
  public record Term(Value.Scalar value, long count) implements Bucket {}

  /**
   * Those with a value of a range, or in a piece of time.
   *
   * @param from its least value
   * @param to what its values are less than
   */
  public record Span(Optional<Value.Scalar> from, Optional<Value.Scalar> to, long count)
      implements Bucket {}

  /**
   * The groups of a {@link Grouping}.
   *
   * @param more whether there are others beyond the limit
   */
  public record Groups(List<Group> groups, boolean more) {
    public Groups {
      groups = List.copyOf(groups);
    }
  }

  /**
   * One group.
   *
   * @param key by label; empty where its documents have no value
   * @param aggregates by label
   */
  public record Group(
      SequencedMap<String, Optional<Value.Scalar>> key, SequencedMap<String, Outcome> aggregates) {
    public Group {
      key = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(key));
      aggregates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(aggregates));
    }
  }
}
