package io.elacsym.engine.check;

import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Filters as requests give them, from the shorter notation of filters that are checked. */
public final class GivenFilters {
  private GivenFilters() {}

  /** What a request would ask for this filter, with the same operands. */
  public static Filter of(TypedFilter filter) {
    return switch (filter) {
      case TypedFilter.And and -> new Filter.And(all(and.conditions()));
      case TypedFilter.Or or -> new Filter.Or(all(or.conditions()));
      case TypedFilter.Not not -> new Filter.Not(of(not.condition()));
      case TypedFilter.Equal f -> Filter.of(f.field(), Operator.EQUAL, f.value());
      case TypedFilter.NotEqual f -> Filter.of(f.field(), Operator.NOT_EQUAL, f.value());
      case TypedFilter.Compare f -> Filter.of(f.field(), operator(f.order()), f.value());
      case TypedFilter.In f -> Filter.of(f.field(), Operator.IN, f.values());
      case TypedFilter.NotIn f -> Filter.of(f.field(), Operator.NOT_IN, f.values());
      case TypedFilter.Substring f ->
          Filter.of(f.field(), Operator.CONTAINS, new Value.Text(f.part()));
      case TypedFilter.SubstringAny f ->
          Filter.of(f.field(), Operator.CONTAINS_ANY, texts(f.parts()));
      case TypedFilter.SubstringAll f ->
          Filter.of(f.field(), Operator.CONTAINS_ALL, texts(f.parts()));
      case TypedFilter.ContainsAny f -> Filter.of(f.field(), Operator.CONTAINS_ANY, f.values());
      case TypedFilter.ContainsAll f -> Filter.of(f.field(), Operator.CONTAINS_ALL, f.values());
      case TypedFilter.Exists f ->
          Filter.of(f.field(), Operator.EXISTS, new Value.Bool(f.expected()));
      case TypedFilter.Prefix f ->
          Filter.of(f.field(), Operator.PREFIX, new Value.Text(f.prefix()));
      case TypedFilter.Glob f -> Filter.of(f.field(), Operator.GLOB, new Value.Text(f.pattern()));
      case TypedFilter.Regex f -> Filter.of(f.field(), Operator.REGEX, new Value.Text(f.pattern()));
      case TypedFilter.GeoRadius f ->
          Filter.of(
              f.field(),
              Operator.GEO_RADIUS,
              object(
                  "lat",
                  f.center().latitudeDegrees(),
                  "lon",
                  f.center().longitudeDegrees(),
                  "meters",
                  f.meters()));
      case TypedFilter.GeoBox f ->
          Filter.of(
              f.field(),
              Operator.GEO_BOX,
              object(
                  "south",
                  (double) f.box().south() / Value.Geo.DEGREE,
                  "west",
                  (double) f.box().west() / Value.Geo.DEGREE,
                  "north",
                  (double) f.box().north() / Value.Geo.DEGREE,
                  "east",
                  (double) f.box().east() / Value.Geo.DEGREE));
    };
  }

  private static Given object(Object... keysAndNumbers) {
    SequencedMap<String, Given> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndNumbers.length; i += 2) {
      members.put((String) keysAndNumbers[i], new Value.Real((Double) keysAndNumbers[i + 1]));
    }
    return new Given.Members(members);
  }

  private static List<Filter> all(List<TypedFilter> filters) {
    return filters.stream().map(GivenFilters::of).toList();
  }

  private static List<Value.Scalar> texts(List<String> texts) {
    return texts.stream().<Value.Scalar>map(Value.Text::new).toList();
  }

  private static Operator operator(TypedFilter.Order order) {
    return switch (order) {
      case GREATER -> Operator.GREATER;
      case GREATER_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case LESS -> Operator.LESS;
      case LESS_OR_EQUAL -> Operator.LESS_OR_EQUAL;
    };
  }
}
