package io.elacsym.engine.aggregate;

import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Aggregate;
import io.elacsym.engine.model.Aggregate.Function;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregated.Bucket;
import io.elacsym.engine.model.Aggregated.Counts;
import io.elacsym.engine.model.Aggregated.Group;
import io.elacsym.engine.model.Aggregated.Groups;
import io.elacsym.engine.model.Aggregated.Nothing;
import io.elacsym.engine.model.Aggregated.Outcome;
import io.elacsym.engine.model.Aggregated.Single;
import io.elacsym.engine.model.Aggregated.Span;
import io.elacsym.engine.model.Aggregated.Term;
import io.elacsym.engine.model.Aggregated.Whole;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.DateInterval.Unit;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Facet;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Grouping;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Aggregations of a few documents in memory, by their definition and with decimal numbers. */
public final class NaiveAggregation {
  /** More digits than any sum of floats has. */
  private static final MathContext DIGITS = new MathContext(1_600);

  private static final Comparator<Optional<Value.Scalar>> MISSING_LAST =
      Comparator.comparing(
          (Optional<Value.Scalar> value) -> value.orElse(null),
          Comparator.nullsLast(ScalarOrder.INSTANCE));

  private final Schema schema;

  private NaiveAggregation(Schema schema) {
    this.schema = schema;
  }

  /** What is asked; empty where a sum is beyond all floats. */
  public static Optional<Aggregated> of(
      Aggregation asked, Schema schema, Collection<Document> documents) {
    NaiveAggregation naive = new NaiveAggregation(schema);
    try {
      SequencedMap<String, Counts> facets = new LinkedHashMap<>();
      asked.facets().forEach((label, facet) -> facets.put(label, naive.facet(facet, documents)));
      return Optional.of(
          new Aggregated(
              naive.outcomes(asked.aggregates(), documents),
              facets,
              asked.grouping().map(grouping -> naive.groups(grouping, documents))));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private SequencedMap<String, Outcome> outcomes(
      Map<String, Aggregate> asked, Collection<Document> documents) {
    SequencedMap<String, Outcome> outcomes = new LinkedHashMap<>();
    asked.forEach((label, aggregate) ->
        outcomes.put(
            label,
            switch (aggregate) {
              case Aggregate.Count _ -> new Whole(BigInteger.valueOf(documents.size()));
              case Aggregate.OfValues values ->
                  outcome(
                      values.function(),
                      type(values.field()),
                      documents.stream()
                          .flatMap(document -> value(document, values.field()).stream())
                          .map(value -> ScalarOrder.canonical((Value.Scalar) value))
                          .toList());
            }));
    return outcomes;
  }

  private ElementType type(String field) {
    return schema.attribute(field).orElseThrow().type().element();
  }

  private static Optional<Value> value(Document document, String field) {
    return Optional.ofNullable(document.attributes().get(field));
  }

  private static Outcome outcome(Function function, ElementType type, List<Value.Scalar> values) {
    if (function == Function.MIN) {
      return values.stream()
          .min(ScalarOrder.INSTANCE)
          .<Outcome>map(Single::new)
          .orElseGet(Nothing::new);
    }
    if (function == Function.MAX) {
      return values.stream()
          .max(ScalarOrder.INSTANCE)
          .<Outcome>map(Single::new)
          .orElseGet(Nothing::new);
    }
    BigDecimal sum =
        values.stream().map(NaiveAggregation::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (function == Function.SUM && type != ElementType.FLOAT) {
      return new Whole(sum.toBigIntegerExact());
    }
    if (function == Function.AVG && values.isEmpty()) {
      return new Nothing();
    }
    BigDecimal exact =
        function == Function.SUM ? sum : sum.divide(BigDecimal.valueOf(values.size()), DIGITS);
    double nearest = exact.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw new ArithmeticException("infinite");
    }
    return new Single(new Value.Real(nearest));
  }

  private static BigDecimal decimal(Value.Scalar value) {
    return switch (value) {
      case Value.Int number -> BigDecimal.valueOf(number.value());
      case Value.Uint number -> new BigDecimal(Long.toUnsignedString(number.value()));
      case Value.Real number -> new BigDecimal(number.value());
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private Counts facet(Facet asked, Collection<Document> documents) {
    return switch (asked) {
      case Facet.Terms terms -> {
        List<Bucket> all =
            counts(documents.stream().flatMap(d -> elements(d, terms.field()))).entrySet().stream()
                .sorted(
                    Map.Entry.<Value.Scalar, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry::getKey, ScalarOrder.INSTANCE))
                .<Bucket>map(entry -> new Term(entry.getKey(), entry.getValue()))
                .toList();
        yield new Counts(
            all.subList(0, Math.min(terms.limit(), all.size())), all.size() > terms.limit());
      }
      case Facet.Ranges ranges -> {
        ElementType type = type(ranges.field());
        yield new Counts(
            ranges.ranges().stream()
                .<Bucket>map(range -> {
                  Optional<Value.Scalar> from = range.from().map(given -> typed(type, given));
                  Optional<Value.Scalar> to = range.to().map(given -> typed(type, given));
                  long count =
                      documents.stream()
                          .flatMap(document -> value(document, ranges.field()).stream())
                          .map(Value.Scalar.class::cast)
                          .filter(value ->
                              from.filter(f -> ScalarOrder.INSTANCE.compare(value, f) < 0)
                                  .isEmpty())
                          .filter(value ->
                              to.filter(t -> ScalarOrder.INSTANCE.compare(value, t) >= 0).isEmpty())
                          .count();
                  return new Span(from, to, count);
                })
                .toList(),
            false);
      }
      case Facet.Dates dates -> {
        List<Bucket> all =
            counts(
                    documents.stream()
                        .flatMap(document -> value(document, dates.field()).stream())
                        .map(Value.DateTime.class::cast)
                        .map(time -> piece(time.epochMillis(), dates.interval()).getFirst()))
                .entrySet()
                .stream()
                .<Bucket>map(entry ->
                    new Span(
                        Optional.of(entry.getKey()),
                        Optional.of(
                            piece(((Value.DateTime) entry.getKey()).epochMillis(), dates.interval())
                                .getLast()),
                        entry.getValue()))
                .toList();
        yield new Counts(
            all.subList(0, Math.min(dates.limit(), all.size())), all.size() > dates.limit());
      }
    };
  }

  private static Value.Scalar typed(ElementType type, Given given) {
    return type.of(given).orElseThrow();
  }

  private static Map<Value.Scalar, Long> counts(Stream<? extends Value.Scalar> values) {
    Map<Value.Scalar, Long> counts = new TreeMap<>(ScalarOrder.INSTANCE);
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }

  /** Each distinct element once. */
  private static Stream<Value.Scalar> elements(Document document, String field) {
    return value(document, field).stream()
        .flatMap(value ->
            switch (value) {
              case Value.Array array ->
                  array.values().stream().map(ScalarOrder::canonical).distinct();
              case Value.Scalar scalar -> Stream.of(ScalarOrder.canonical(scalar));
            });
  }

  /** Begin and end of the piece of time that a moment is in. */
  static List<Value.DateTime> piece(long moment, DateInterval interval) {
    return switch (interval) {
      case DateInterval.Fixed fixed -> {
        BigInteger length = BigInteger.valueOf(fixed.length().toMillis());
        long past = BigInteger.valueOf(moment).mod(length).longValueExact();
        yield List.of(
            new Value.DateTime(moment - past),
            new Value.DateTime(moment - past + length.longValueExact()));
      }
      case DateInterval.Calendar(Unit unit, ZoneId zone) -> {
        List<Instant> begins = begins(Instant.ofEpochMilli(moment).atZone(zone), unit);
        Instant begin = begins.getFirst();
        Instant end = begins.getLast();
        for (Instant one : begins) {
          if (one.toEpochMilli() <= moment) {
            begin = one;
          }
        }
        for (Instant one : begins.reversed()) {
          if (one.toEpochMilli() > moment) {
            end = one;
          }
        }
        yield List.of(
            new Value.DateTime(begin.toEpochMilli()), new Value.DateTime(end.toEpochMilli()));
      }
    };
  }

  /** When pieces begin about a moment. */
  private static List<Instant> begins(ZonedDateTime moment, Unit unit) {
    Set<Instant> begins = new TreeSet<>();
    for (int off = -3; off <= 3; off++) {
      LocalDate date = moment.toLocalDate();
      ZonedDateTime begin =
          switch (unit) {
            case MINUTE -> moment.plusMinutes(off).truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> moment.plusHours(off).truncatedTo(ChronoUnit.HOURS);
            case DAY -> date.plusDays(off).atStartOfDay(moment.getZone());
            case WEEK ->
                date.plusWeeks(off)
                    .minusDays(date.getDayOfWeek().getValue() - 1L)
                    .atStartOfDay(moment.getZone());
            case MONTH ->
                LocalDate.of(date.getYear(), date.getMonth(), 1)
                    .plusMonths(off)
                    .atStartOfDay(moment.getZone());
            case QUARTER ->
                date.with(IsoFields.DAY_OF_QUARTER, 1)
                    .plusMonths(3L * off)
                    .atStartOfDay(moment.getZone());
            case YEAR -> LocalDate.of(date.getYear() + off, 1, 1).atStartOfDay(moment.getZone());
          };
      begins.add(begin.toInstant());
    }
    return List.copyOf(begins);
  }

  private Groups groups(Grouping asked, Collection<Document> documents) {
    Comparator<List<Optional<Value.Scalar>>> order =
        Comparator.comparing(key -> key.get(0), MISSING_LAST);
    for (int i = 1; i < asked.keys().size(); i++) {
      int place = i;
      order = order.thenComparing(key -> key.get(place), MISSING_LAST);
    }
    Map<List<Optional<Value.Scalar>>, List<Document>> all = new TreeMap<>(order);
    for (Document document : documents) {
      List<List<Optional<Value.Scalar>>> keys = List.of(List.of());
      for (Grouping.Key key : asked.keys()) {
        List<Optional<Value.Scalar>> values =
            value(document, key.field()).isEmpty()
                ? List.of(Optional.empty())
                : elements(document, key.field()).map(Optional::of).toList();
        keys =
            keys.stream()
                .flatMap(before ->
                    values.stream()
                        .map(value -> Stream.concat(before.stream(), Stream.of(value)).toList()))
                .toList();
      }
      for (List<Optional<Value.Scalar>> key : new HashSet<>(keys)) {
        all.computeIfAbsent(key, k -> new ArrayList<>()).add(document);
      }
    }
    List<Group> groups = new ArrayList<>();
    all.forEach((key, members) -> {
      if (groups.size() < asked.limit()) {
        SequencedMap<String, Optional<Value.Scalar>> labelled = new LinkedHashMap<>();
        asked.keys().forEach(one -> labelled.put(one.label(), key.get(labelled.size())));
        groups.add(new Group(labelled, outcomes(asked.aggregates(), members)));
      }
    });
    return new Groups(groups, all.size() > groups.size());
  }
}
