package io.elacsym.engine.filter;

import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a checked filter into an equal one that is less work: alternatives on one field become one
 * condition, and so does what is excluded of one field, and what a text or an array must have all
 * of. A thousand of them are one look-up of each value then and not a thousand.
 */
final class Merging {
  private Merging() {}

  static Filter merged(Filter filter) {
    return switch (filter) {
      case Filter.And and -> all(and);
      case Filter.Or or -> any(or);
      case Filter.Not not -> new Filter.Not(merged(not.condition()));
      case Filter.Leaf leaf -> leaf;
    };
  }

  /** What conditions that must all hold ask for. */
  private static final class Demands {
    private final List<Filter> excluded = new ArrayList<>();
    private final Map<String, List<Value.Scalar>> contained = new LinkedHashMap<>();
    private final Map<String, List<String>> parts = new LinkedHashMap<>();
    private final List<Filter> others = new ArrayList<>();

    void add(Filter condition) {
      switch (condition) {
        case Filter.And inner -> inner.conditions().forEach(this::add);
        case Filter.NotEqual f -> excluded.add(new Filter.Equal(f.field(), f.value()));
        case Filter.NotIn f -> excluded.add(new Filter.In(f.field(), f.values()));
        case Filter.Not(Filter.Not(Filter inner)) -> add(inner);
        case Filter.Not(Filter.Or inner) -> excluded.add(inner);
        case Filter.Not(Filter.Leaf inner) -> excluded.add(inner);
        case Filter.ContainsAll f -> of(contained, f).addAll(f.values());
        case Filter.ContainsAny f when f.values().size() == 1 ->
            of(contained, f).addAll(f.values());
        case Filter.Substring f -> of(parts, f).add(f.part());
        case Filter.SubstringAll f -> of(parts, f).addAll(f.parts());
        default -> others.add(merged(condition));
      }
    }

    private static <T> List<T> of(Map<String, List<T>> byField, Filter.Leaf leaf) {
      return byField.computeIfAbsent(leaf.field(), field -> new ArrayList<>());
    }
  }

  private static Filter all(Filter.And and) {
    Demands demands = new Demands();
    demands.add(and);
    // What is excluded comes last: it mostly leaves the most.
    List<Filter> merged = new ArrayList<>(demands.others);
    demands.contained.forEach((field, values) -> merged.add(new Filter.ContainsAll(field, values)));
    demands.parts.forEach((field, parts) -> merged.add(new Filter.SubstringAll(field, parts)));
    // None of them is as much as not one of them.
    Filter excluded = any(new Filter.Or(demands.excluded));
    List<Filter> each = excluded instanceof Filter.Or or ? or.conditions() : List.of(excluded);
    each.forEach(condition ->
        merged.add(
            condition instanceof Filter.In in
                ? new Filter.NotIn(in.field(), in.values())
                : new Filter.Not(condition)));
    return merged.size() == 1 ? merged.getFirst() : new Filter.And(merged);
  }

  /** What the alternatives ask of one field. */
  private static final class Alternatives {
    private final List<Value.Scalar> equal = new ArrayList<>();
    private final List<Value.Scalar> contained = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();
  }

  private static Filter any(Filter.Or or) {
    Map<String, Alternatives> byField = new LinkedHashMap<>();
    List<Filter> others = new ArrayList<>();
    collect(or, byField, others);
    List<Filter> merged = new ArrayList<>();
    byField.forEach((field, alternatives) -> {
      if (!alternatives.equal.isEmpty()) {
        merged.add(new Filter.In(field, alternatives.equal));
      }
      if (!alternatives.contained.isEmpty()) {
        merged.add(new Filter.ContainsAny(field, alternatives.contained));
      }
      if (!alternatives.parts.isEmpty()) {
        merged.add(new Filter.SubstringAny(field, alternatives.parts));
      }
    });
    merged.addAll(others);
    return merged.size() == 1 ? merged.getFirst() : new Filter.Or(merged);
  }

  private static void collect(
      Filter.Or or, Map<String, Alternatives> byField, List<Filter> others) {
    for (Filter condition : or.conditions()) {
      switch (condition) {
        case Filter.Or inner -> collect(inner, byField, others);
        case Filter.Equal f -> of(byField, f).equal.add(f.value());
        case Filter.In f -> of(byField, f).equal.addAll(f.values());
        case Filter.ContainsAny f -> of(byField, f).contained.addAll(f.values());
        case Filter.Substring f -> of(byField, f).parts.add(f.part());
        case Filter.SubstringAny f -> of(byField, f).parts.addAll(f.parts());
        default -> others.add(merged(condition));
      }
    }
  }

  private static Alternatives of(Map<String, Alternatives> byField, Filter.Leaf leaf) {
    return byField.computeIfAbsent(leaf.field(), field -> new Alternatives());
  }
}
