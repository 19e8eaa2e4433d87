package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/** How many documents there are of each value of an attribute, or of each range of values. */
public sealed interface Facet {
  int DEFAULT_LIMIT = 10;
  int MAX_LIMIT = 10_000;
  int MAX_RANGES = 1_000;

  /** Where the name of the attribute stands. */
  Place place();

  /** The attribute. */
  String field();

  /**
   * The values that most documents have, most documents first, equal counts by ascending value. A
   * document counts once for each distinct value of its array.
   *
   * @param limit at most so many values, 1 to {@link #MAX_LIMIT}
   */
  record Terms(Place place, String field, int limit) implements Facet {
    /** A facet that stands in no request. */
    public Terms(String field, int limit) {
      this(Place.named("facet"), field, limit);
    }
  }

  /**
   * Given ranges, in the order in which they are given. They may overlap.
   *
   * @param field an attribute with single values that have an order
   * @param ranges 1 to {@link #MAX_RANGES}
   */
  record Ranges(Place place, String field, List<Range> ranges) implements Facet {
    public Ranges {
      ranges = List.copyOf(ranges);
    }

    /** A facet that stands in no request. */
    public Ranges(String field, List<Range> ranges) {
      this(Place.named("facet"), field, ranges);
    }
  }

  /**
   * A range of values.
   *
   * @param place where it stands
   * @param from its least value; empty when it has no lower end
   * @param to what its values are less than; empty when it has no upper end
   */
  record Range(Place place, Optional<Given> from, Optional<Given> to) {
    /** A range that stands in no request. */
    public Range(Optional<Given> from, Optional<Given> to) {
      this(Place.named("range"), from, to);
    }
  }

  /**
   * Pieces of time, the first ones that have documents, in the order of time.
   *
   * @param field an attribute with a single datetime
   * @param limit at most so many pieces, 1 to {@link #MAX_LIMIT}
   */
  record Dates(Place place, String field, DateInterval interval, int limit) implements Facet {
    /** A facet that stands in no request. */
    public Dates(String field, DateInterval interval, int limit) {
      this(Place.named("facet"), field, interval, limit);
    }
  }
}
