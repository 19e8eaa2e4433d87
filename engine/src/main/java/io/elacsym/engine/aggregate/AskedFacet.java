package io.elacsym.engine.aggregate;

import io.elacsym.engine.aggregate.Tallied.Group;
import io.elacsym.engine.model.Aggregated.Bucket;
import io.elacsym.engine.model.Aggregated.Counts;
import io.elacsym.engine.model.Aggregated.Span;
import io.elacsym.engine.model.Aggregated.Term;
import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A facet that fits its attribute. */
public sealed interface AskedFacet {

  /** The values of most rows. */
  record Terms(String field, int limit) implements AskedFacet {}

  /** Given ranges. */
  record Ranges(String field, List<TallyKey.Range> ranges) implements AskedFacet {
    public Ranges {
      ranges = List.copyOf(ranges);
    }
  }

  /** The first pieces of time. */
  record Dates(String field, DateInterval interval, int limit) implements AskedFacet {}

  /** What is computed of the rows for it. */
  default Tally tally() {
    return switch (this) {
      case Terms(String field, int _) ->
          counting(new TallyKey.Values(field, false), OptionalInt.empty());
      case Ranges(String field, List<TallyKey.Range> ranges) ->
          counting(new TallyKey.Ranges(field, ranges), OptionalInt.empty());
      case Dates(String field, DateInterval interval, int limit) ->
          counting(new TallyKey.Dates(field, interval), OptionalInt.of(limit));
    };
  }

  private static Tally counting(TallyKey key, OptionalInt first) {
    return new Tally(List.of(key), List.of(new Measure.Rows()), first);
  }

  /** What it is, when that was computed of all rows. */
  default Counts counts(Tallied tallied) {
    return switch (this) {
      case Terms(String _, int limit) -> mostFrequent(tallied.groups(), limit);
      case Ranges(String _, List<TallyKey.Range> ranges) -> inRanges(tallied.groups(), ranges);
      case Dates(String _, DateInterval interval, int _) ->
          new Counts(inTime(tallied.groups(), interval), tallied.more());
    };
  }

  private static Counts mostFrequent(List<Group> groups, int limit) {
    // Stable, so that equal counts stay in the order of values.
    List<Bucket> terms =
        groups.stream()
            .sorted(Comparator.comparingLong(AskedFacet::count).reversed())
            .limit(limit)
            .<Bucket>map(group -> new Term(value(group), count(group)))
            .toList();
    return new Counts(terms, groups.size() > limit);
  }

  private static Counts inRanges(List<Group> groups, List<TallyKey.Range> ranges) {
    Map<Value.Scalar, Long> counts = new HashMap<>();
    groups.forEach(group -> counts.put(value(group), count(group)));
    List<Bucket> spans = new ArrayList<>(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      TallyKey.Range range = ranges.get(i);
      spans.add(new Span(range.from(), range.to(), counts.getOrDefault(new Value.Int(i), 0L)));
    }
    return new Counts(spans, false);
  }

  private static List<Bucket> inTime(List<Group> groups, DateInterval interval) {
    Pieces pieces = new Pieces(interval);
    return groups.stream()
        .<Bucket>map(group -> {
          Value.Scalar start = value(group);
          long end = pieces.end(((Value.DateTime) start).epochMillis());
          return new Span(Optional.of(start), Optional.of(new Value.DateTime(end)), count(group));
        })
        .toList();
  }

  /** The only key of a group of a facet, which always has a value. */
  private static Value.Scalar value(Group group) {
    return group.key().getFirst().orElseThrow();
  }

  private static long count(Group group) {
    return ((Partial.Rows) group.measures().getFirst()).count();
  }
}
