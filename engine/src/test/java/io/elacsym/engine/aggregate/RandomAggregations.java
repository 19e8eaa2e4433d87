package io.elacsym.engine.aggregate;

import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Aggregate;
import io.elacsym.engine.model.Aggregate.Function;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Facet;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Grouping;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** Random aggregations that fit a schema. */
public final class RandomAggregations {
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland");

  private final Random random;
  private final Samples samples;
  private final Schema schema;

  public RandomAggregations(Random random, Schema schema) {
    this.random = random;
    this.samples = new Samples(random);
    this.schema = schema;
  }

  /** A random one; it may ask for nothing. */
  public Aggregation next() {
    SequencedMap<String, Facet> facets = new LinkedHashMap<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      facet().ifPresent(facet -> facets.put("f" + facets.size(), facet));
    }
    return new Aggregation(
        aggregates(), facets, random.nextBoolean() ? grouping() : Optional.empty());
  }

  /** The name of a random attribute of some types, if there is one. */
  public Optional<String> field(Predicate<AttributeType> type) {
    List<String> names = new ArrayList<>();
    schema
        .attributes()
        .forEach((name, attribute) -> {
          if (type.test(attribute.type())) {
            names.add(name);
          }
        });
    return names.isEmpty() ? Optional.empty() : Optional.of(samples.oneOf(names));
  }

  private SequencedMap<String, Aggregate> aggregates() {
    SequencedMap<String, Aggregate> aggregates = new LinkedHashMap<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      if (random.nextInt(4) == 0) {
        aggregates.put("a" + aggregates.size(), new Aggregate.Count());
        continue;
      }
      Function function = samples.oneOf(List.of(Function.values()));
      boolean adds = function == Function.SUM || function == Function.AVG;
      field(type -> !type.isArray() && (adds ? isNumber(type) : isOrdered(type)))
          .ifPresent(field ->
              aggregates.put("a" + aggregates.size(), new Aggregate.OfValues(function, field)));
    }
    return aggregates;
  }

  private static boolean isNumber(AttributeType type) {
    return List.of(ElementType.INT, ElementType.UINT, ElementType.FLOAT).contains(type.element());
  }

  private static boolean isOrdered(AttributeType type) {
    return type.element() != ElementType.BOOL && type.element() != ElementType.GEO;
  }

  private int limit() {
    return random.nextBoolean() ? 1 + random.nextInt(4) : 1_000;
  }

  private Optional<Facet> facet() {
    return switch (random.nextInt(3)) {
      case 0 -> field(type -> true).map(field -> new Facet.Terms(field, limit()));
      case 1 ->
          field(type -> !type.isArray() && isOrdered(type))
              .map(field -> new Facet.Ranges(field, ranges(field)));
      default ->
          field(type -> type.equals(AttributeType.DATETIME))
              .map(field -> new Facet.Dates(field, interval(), limit()));
    };
  }

  private List<Facet.Range> ranges(String field) {
    ElementType type = schema.attribute(field).orElseThrow().type().element();
    List<Facet.Range> ranges = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      List<Value.Scalar> ends =
          new ArrayList<>(List.of(samples.scalar(type), samples.scalar(type)));
      ends.sort(ScalarOrder.INSTANCE);
      int open = random.nextInt(4);
      Optional<Given> from = open == 0 ? Optional.empty() : Optional.of(ends.getFirst());
      Optional<Given> to = open == 1 ? Optional.empty() : Optional.of(ends.getLast());
      ranges.add(new Facet.Range(from, to));
    }
    return ranges;
  }

  private DateInterval interval() {
    return random.nextInt(4) == 0
        ? new DateInterval.Fixed(Duration.ofMillis(1 + random.nextInt(1_000_000_000)))
        : new DateInterval.Calendar(
            samples.oneOf(List.of(DateInterval.Unit.values())), ZoneId.of(samples.oneOf(ZONES)));
  }

  private Optional<Grouping> grouping() {
    List<Grouping.Key> keys = new ArrayList<>();
    boolean array = false;
    List<String> names = new ArrayList<>(schema.attributes().keySet());
    Collections.shuffle(names, random);
    int wanted = 1 + random.nextInt(3);
    for (String name : names) {
      boolean isArray = schema.attribute(name).orElseThrow().type().isArray();
      if (keys.size() < wanted && !(isArray && array)) {
        keys.add(new Grouping.Key(name));
        array |= isArray;
      }
    }
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(new Grouping(keys, aggregates(), limit()));
  }
}
