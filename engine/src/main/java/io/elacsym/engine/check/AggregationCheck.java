package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.aggregate.AskedAggregate;
import io.elacsym.engine.aggregate.AskedAggregation;
import io.elacsym.engine.aggregate.AskedFacet;
import io.elacsym.engine.aggregate.AskedGroups;
import io.elacsym.engine.aggregate.TallyKey;
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
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Checks what a request wants to know of its documents together. */
public final class AggregationCheck {
  private static final Set<ElementType> NUMBERS =
      Set.of(ElementType.INT, ElementType.UINT, ElementType.FLOAT);

  private static final Set<ElementType> WITHOUT_ORDER = Set.of(ElementType.BOOL, ElementType.GEO);

  private static final String ORDERED = "an attribute that is no array, no bool and no geo";

  private final Schema schema;

  private AggregationCheck(Schema schema) {
    this.schema = schema;
  }

  /**
   * What is asked, with what the schema says of its fields.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming place, value and expectation
   */
  public static AskedAggregation check(Aggregation asked, Schema schema) {
    AggregationCheck check = new AggregationCheck(schema);
    SequencedMap<String, AskedFacet> facets = new LinkedHashMap<>();
    limit("facets", asked.facets().keySet());
    asked.facets().forEach((label, facet) -> facets.put(label, check.facet(facet)));
    return new AskedAggregation(
        check.aggregates("aggregates", asked.aggregates()),
        facets,
        asked.grouping().map(check::groups));
  }

  private static void limit(String what, Collection<?> labels) {
    if (labels.size() > Aggregation.MAX_LABELS) {
      throw ElacsymException.invalid(
          what + " has " + labels.size() + " labels, expected at most " + Aggregation.MAX_LABELS);
    }
  }

  private SequencedMap<String, AskedAggregate> aggregates(
      String what, SequencedMap<String, Aggregate> asked) {
    limit(what, asked.keySet());
    SequencedMap<String, AskedAggregate> checked = new LinkedHashMap<>();
    asked.forEach((label, aggregate) -> checked.put(label, aggregate(aggregate)));
    return checked;
  }

  private AskedAggregate aggregate(Aggregate asked) {
    return switch (asked) {
      case Aggregate.Count _ -> new AskedAggregate.Count();
      case Aggregate.OfValues values -> ofValues(values);
    };
  }

  private AskedAggregate ofValues(Aggregate.OfValues asked) {
    AttributeType type = FieldCheck.attribute(asked.field(), schema, asked.place()).type();
    boolean adds = asked.function() == Function.SUM || asked.function() == Function.AVG;
    boolean fits =
        adds ? NUMBERS.contains(type.element()) : !WITHOUT_ORDER.contains(type.element());
    if (type.isArray() || !fits) {
      throw unfit(
          asked.place(),
          asked.field(),
          type,
          adds ? "an attribute of type int, uint or float" : ORDERED);
    }
    return new AskedAggregate.OfValues(
        asked.place(), asked.function(), asked.field(), type.element() == ElementType.FLOAT);
  }

  private static ElacsymException unfit(
      Place place, String field, AttributeType type, String expectation) {
    return ElacsymException.invalid(
        place
            + " is \""
            + Strings.shown(field)
            + "\", which is of type "
            + type.id()
            + ", expected "
            + expectation);
  }

  private AskedFacet facet(Facet asked) {
    AttributeType type = FieldCheck.attribute(asked.field(), schema, asked.place()).type();
    return switch (asked) {
      case Facet.Terms(Place place, String field, int limit) -> {
        checkLimit(place, limit, Facet.MAX_LIMIT);
        yield new AskedFacet.Terms(field, limit);
      }
      case Facet.Ranges(Place place, String field, List<Facet.Range> ranges) -> {
        if (type.isArray() || WITHOUT_ORDER.contains(type.element())) {
          throw unfit(place, field, type, ORDERED);
        }
        if (ranges.isEmpty() || ranges.size() > Facet.MAX_RANGES) {
          throw ElacsymException.invalid(
              place + " has " + ranges.size() + " ranges, expected 1 to " + Facet.MAX_RANGES);
        }
        yield new AskedFacet.Ranges(
            field, ranges.stream().map(range -> range(range, type.element())).toList());
      }
      case Facet.Dates(Place place, String field, DateInterval interval, int limit) -> {
        if (type.isArray() || type.element() != ElementType.DATETIME) {
          throw unfit(place, field, type, "an attribute of type datetime");
        }
        checkLimit(place, limit, Facet.MAX_LIMIT);
        checkInterval(place, interval);
        yield new AskedFacet.Dates(field, interval, limit);
      }
    };
  }

  private static void checkLimit(Place place, int limit, int most) {
    if (limit < 1 || limit > most) {
      throw ElacsymException.invalid(place + " has the limit " + limit + ", expected 1 to " + most);
    }
  }

  private static void checkInterval(Place place, DateInterval interval) {
    if (interval instanceof DateInterval.Fixed(Duration length)
        && (length.compareTo(Duration.ofMillis(1)) < 0
            || length.compareTo(DateInterval.Fixed.MOST) > 0
            || length.toNanosPart() % 1_000_000 != 0)) {
      throw ElacsymException.invalid(
          place
              + " has an interval of "
              + length
              + ", expected whole milliseconds from 1 up to "
              + DateInterval.Fixed.MOST.toDays()
              + " days");
    }
  }

  private static TallyKey.Range range(Facet.Range asked, ElementType type) {
    Optional<Value.Scalar> from = bound(asked.from(), type, asked.place().field("from"));
    Optional<Value.Scalar> to = bound(asked.to(), type, asked.place().field("to"));
    if (from.isEmpty() && to.isEmpty()) {
      throw ElacsymException.invalid(
          asked.place() + " has neither from nor to, expected at least one of them");
    }
    if (from.isPresent()
        && to.isPresent()
        && ScalarOrder.INSTANCE.compare(from.get(), to.get()) > 0) {
      throw ElacsymException.invalid(
          asked.place()
              + " goes from "
              + Given.shown(from.get())
              + " to "
              + Given.shown(to.get())
              + ", expected to to be no less than from");
    }
    return new TallyKey.Range(from, to);
  }

  private static Optional<Value.Scalar> bound(
      Optional<Given> given, ElementType type, Place place) {
    return given.map(value -> ValueCheck.scalar(value, type, place));
  }

  private AskedGroups groups(Grouping asked) {
    if (asked.keys().isEmpty() || asked.keys().size() > Grouping.MAX_KEYS) {
      throw ElacsymException.invalid(
          "group_by has " + asked.keys().size() + " fields, expected 1 to " + Grouping.MAX_KEYS);
    }
    if (asked.limit() < 1 || asked.limit() > Grouping.MAX_LIMIT) {
      throw ElacsymException.invalid(
          "group_by has the limit " + asked.limit() + ", expected 1 to " + Grouping.MAX_LIMIT);
    }
    SequencedMap<String, String> keys = new LinkedHashMap<>();
    List<String> arrays = new ArrayList<>();
    for (Grouping.Key key : asked.keys()) {
      if (FieldCheck.attribute(key.field(), schema, key.place()).type().isArray()) {
        arrays.add(key.field());
      }
      if (arrays.size() > 1) {
        throw ElacsymException.invalid(
            key.place()
                + " is \""
                + Strings.shown(key.field())
                + "\", the second array beside '"
                + Strings.shown(arrays.getFirst())
                + "', expected at most one array");
      }
      if (keys.put(key.label(), key.field()) != null) {
        throw ElacsymException.invalid(
            key.place()
                + " has the label \""
                + Strings.shown(key.label())
                + "\" for the second time, expected different labels");
      }
    }
    return new AskedGroups(
        keys, aggregates("group_by.aggregates", asked.aggregates()), asked.limit());
  }
}
