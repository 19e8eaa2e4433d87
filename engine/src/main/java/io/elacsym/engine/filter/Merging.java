package io.elacsym.engine.filter;

import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a checked filter into an equal one that is less work: alternatives on one field become one
 * condition, so that a thousand of them are one look-up of each value and not a thousand.
 */
final class Merging {
  private Merging() {}

  static Filter merged(Filter filter) {
    return switch (filter) {
      case Filter.And and ->
          new Filter.And(and.conditions().stream().map(Merging::merged).toList());
      case Filter.Or or -> any(or);
      case Filter.Not not -> new Filter.Not(merged(not.condition()));
      case Filter.Leaf leaf -> leaf;
    };
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
