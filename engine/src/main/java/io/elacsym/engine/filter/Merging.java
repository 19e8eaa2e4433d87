package io.elacsym.engine.filter;

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

  static TypedFilter merged(TypedFilter filter) {
    return switch (filter) {
      case TypedFilter.And and -> all(and);
      case TypedFilter.Or or -> any(or);
      case TypedFilter.Not not -> new TypedFilter.Not(merged(not.condition()));
      case TypedFilter.Leaf leaf -> leaf;
    };
  }

  /** What conditions that must all hold ask for. */
  private static final class Demands {
    private final List<TypedFilter> excluded = new ArrayList<>();
    private final Map<String, List<Value.Scalar>> contained = new LinkedHashMap<>();
    private final Map<String, List<String>> parts = new LinkedHashMap<>();
    private final List<TypedFilter> others = new ArrayList<>();

    void add(TypedFilter condition) {
      switch (condition) {
        case TypedFilter.And inner -> inner.conditions().forEach(this::add);
        case TypedFilter.NotEqual f -> excluded.add(new TypedFilter.Equal(f.field(), f.value()));
        case TypedFilter.NotIn f -> excluded.add(new TypedFilter.In(f.field(), f.values()));
        case TypedFilter.Not(TypedFilter.Not(TypedFilter inner)) -> add(inner);
        case TypedFilter.Not(TypedFilter.Or inner) -> excluded.add(inner);
        case TypedFilter.Not(TypedFilter.Leaf inner) -> excluded.add(inner);
        case TypedFilter.ContainsAll f -> of(contained, f).addAll(f.values());
        case TypedFilter.ContainsAny f when f.values().size() == 1 ->
            of(contained, f).addAll(f.values());
        case TypedFilter.Substring f -> of(parts, f).add(f.part());
        case TypedFilter.SubstringAll f -> of(parts, f).addAll(f.parts());
        default -> others.add(merged(condition));
      }
    }

    private static <T> List<T> of(Map<String, List<T>> byField, TypedFilter.Leaf leaf) {
      return byField.computeIfAbsent(leaf.field(), field -> new ArrayList<>());
    }
  }

  private static TypedFilter all(TypedFilter.And and) {
    Demands demands = new Demands();
    demands.add(and);
    // Exclusions come last, because most rows mostly pass them.
    List<TypedFilter> merged = new ArrayList<>(demands.others);
    demands.contained.forEach(
        (field, values) -> merged.add(new TypedFilter.ContainsAll(field, values)));
    demands.parts.forEach((field, parts) -> merged.add(new TypedFilter.SubstringAll(field, parts)));
    // "None of these conditions holds" is the same as "not: at least one of them holds".
    TypedFilter excluded = any(new TypedFilter.Or(demands.excluded));
    List<TypedFilter> each =
        excluded instanceof TypedFilter.Or or ? or.conditions() : List.of(excluded);
    each.forEach(condition ->
        merged.add(
            condition instanceof TypedFilter.In in
                ? new TypedFilter.NotIn(in.field(), in.values())
                : new TypedFilter.Not(condition)));
    return merged.size() == 1 ? merged.getFirst() : new TypedFilter.And(merged);
  }

  /** What the alternatives ask of one field. */
  private static final class Alternatives {
    private final List<Value.Scalar> equal = new ArrayList<>();
    private final List<Value.Scalar> contained = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();
  }

  private static TypedFilter any(TypedFilter.Or or) {
    Map<String, Alternatives> byField = new LinkedHashMap<>();
    List<TypedFilter> others = new ArrayList<>();
    collect(or, byField, others);
    List<TypedFilter> merged = new ArrayList<>();
    byField.forEach((field, alternatives) -> {
      if (!alternatives.equal.isEmpty()) {
        merged.add(new TypedFilter.In(field, alternatives.equal));
      }
      if (!alternatives.contained.isEmpty()) {
        merged.add(new TypedFilter.ContainsAny(field, alternatives.contained));
      }
      if (!alternatives.parts.isEmpty()) {
        merged.add(new TypedFilter.SubstringAny(field, alternatives.parts));
      }
    });
    merged.addAll(others);
    return merged.size() == 1 ? merged.getFirst() : new TypedFilter.Or(merged);
  }

  private static void collect(
      TypedFilter.Or or, Map<String, Alternatives> byField, List<TypedFilter> others) {
    for (TypedFilter condition : or.conditions()) {
      switch (condition) {
        case TypedFilter.Or inner -> collect(inner, byField, others);
        case TypedFilter.Equal f -> of(byField, f).equal.add(f.value());
        case TypedFilter.In f -> of(byField, f).equal.addAll(f.values());
        case TypedFilter.ContainsAny f -> of(byField, f).contained.addAll(f.values());
        case TypedFilter.Substring f -> of(byField, f).parts.add(f.part());
        case TypedFilter.SubstringAny f -> of(byField, f).parts.addAll(f.parts());
        default -> others.add(merged(condition));
      }
    }
  }

  private static Alternatives of(Map<String, Alternatives> byField, TypedFilter.Leaf leaf) {
    return byField.computeIfAbsent(leaf.field(), field -> new Alternatives());
  }
}
