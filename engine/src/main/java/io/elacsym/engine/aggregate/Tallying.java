package io.elacsym.engine.aggregate;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowSource;
import io.elacsym.engine.order.ValueBudget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Computes tallies of the rows of one part. What looks at one attribute alone is made of the counts
 * that its index has, without reading a document; for all others together the columns are read
 * once. For one thread.
 */
public final class Tallying {
  /** Reading a value of a row takes about as long as visiting so many in an index. */
  private static final int VALUES_FOR_A_ROW = 64;

  private final RowSource source;
  private final RowSet accept;

  private Tallying(RowSource source, RowSet accept) {
    this.source = source;
    this.accept = accept;
  }

  /**
   * What each tally is of the accepted rows.
   *
   * @param budget for what is kept of values while rows are looked at
   */
  public static List<Tallied> of(
      List<Tally> tallies, RowSource source, RowSet accept, ValueBudget budget) {
    List<Groups> all = tallies.stream().map(tally -> new Groups(tally, budget)).toList();
    if (!accept.isEmpty()) {
      new Tallying(source, accept).compute(all);
    }
    return all.stream().map(Groups::tallied).toList();
  }

  private void compute(List<Groups> all) {
    Map<String, List<Groups>> byIndex = new LinkedHashMap<>();
    List<Groups> byColumns = new ArrayList<>();
    for (Groups groups : all) {
      Optional<String> field = groups.tally().onlyField().filter(this::isCheaperByIndex);
      if (groups.tally().fields().isEmpty()) {
        add(groups, List.of(), Optional.empty(), accept.cardinality());
      } else if (field.isPresent()) {
        byIndex.computeIfAbsent(field.get(), name -> new ArrayList<>()).add(groups);
      } else {
        byColumns.add(groups);
      }
    }
    byIndex.forEach((field, groups) -> walk(source.index(field).orElseThrow(), groups));
    if (!byColumns.isEmpty()) {
      read(byColumns);
    }
  }

  /** Of few rows the values are read faster than all that the segment has. */
  private boolean isCheaperByIndex(String field) {
    return source
        .index(field)
        .filter(index ->
            accept.isAll() || index.distinct() <= (long) VALUES_FOR_A_ROW * accept.cardinality())
        .isPresent();
  }

  /** Extremes alone are at the ends; for anything else all values are visited, once for all. */
  private void walk(AttributeIndex index, List<Groups> all) {
    if (all.stream().allMatch(groups -> groups.tally().onlyExtreme().isPresent())) {
      all.forEach(groups -> toTheEnd(index, groups));
      return;
    }
    List<Adding> adding = all.stream().map(Adding::new).toList();
    index.walk(
        false,
        Optional.empty(),
        (value, rows) -> {
          int accepted = accepted(rows);
          if (accepted > 0) {
            Optional<Value.Scalar> found = Optional.of(ScalarOrder.canonical(value));
            adding.forEach(one -> one.add(found, accepted));
          }
          return true;
        });
    int without = accept.cardinality() - present(index);
    if (without > 0) {
      adding.forEach(one -> one.add(Optional.empty(), without));
    }
  }

  private void toTheEnd(AttributeIndex index, Groups groups) {
    index.walk(
        groups.tally().onlyExtreme().orElseThrow().greatest(),
        Optional.empty(),
        (value, rows) -> {
          int accepted = accepted(rows);
          if (accepted > 0) {
            add(groups, List.of(), Optional.of(ScalarOrder.canonical(value)), accepted);
          }
          return accepted == 0;
        });
    // There is a group as soon as there are rows, whether or not they have a value.
    add(groups, List.of(), Optional.empty(), 1);
  }

  /** A tally that is made of the values of its only attribute. */
  private record Adding(Groups groups, Optional<KeyValues> key) {
    Adding(Groups groups) {
      this(groups, groups.tally().keys().stream().findFirst().map(KeyValues::new));
    }

    void add(Optional<Value.Scalar> value, int rows) {
      if (key.isEmpty()) {
        Tallying.add(groups, List.of(), value, rows);
        return;
      }
      for (Optional<Value.Scalar> one : key.get().of(value.map(Value.class::cast))) {
        Tallying.add(groups, List.of(one), value, rows);
      }
    }
  }

  private int accepted(int[] rows) {
    if (accept.isAll()) {
      return rows.length;
    }
    int accepted = 0;
    for (int row : rows) {
      accepted += accept.contains(row) ? 1 : 0;
    }
    return accepted;
  }

  private int present(AttributeIndex index) {
    return accept.and(RowSet.of(accept.rowCount(), index.present())).cardinality();
  }

  /** All measures look at the same attribute, or at none. */
  private static void add(
      Groups groups, List<Optional<Value.Scalar>> key, Optional<Value.Scalar> value, int rows) {
    groups.group(key).ifPresent(measures -> measures.forEach(measure -> measure.add(value, rows)));
  }

  private void read(List<Groups> all) {
    List<String> fields =
        all.stream().flatMap(groups -> groups.tally().fields().stream()).distinct().toList();
    List<Reading> readings = all.stream().map(groups -> new Reading(groups, fields)).toList();
    source.visit(accept, fields, (row, values) -> readings.forEach(reading -> reading.row(values)));
  }

  /** A tally that is made of columns. */
  private static final class Reading {
    private final Groups groups;
    private final List<KeyValues> keys;
    private final int[] keyPlaces;

    /** Where the attribute of each measure is among those that are read; -1 for none. */
    private final int[] measurePlaces;

    Reading(Groups groups, List<String> fields) {
      Tally tally = groups.tally();
      this.groups = groups;
      this.keys = tally.keys().stream().map(KeyValues::new).toList();
      this.keyPlaces = tally.keys().stream().mapToInt(key -> fields.indexOf(key.field())).toArray();
      this.measurePlaces =
          tally.measures().stream()
              .mapToInt(
                  measure -> measure.fields().mapToInt(fields::indexOf).findFirst().orElse(-1))
              .toArray();
    }

    void row(IntFunction<Optional<Value>> values) {
      List<List<Optional<Value.Scalar>>> found = List.of(List.of());
      for (int i = 0; i < keyPlaces.length; i++) {
        found = combined(found, keys.get(i).of(values.apply(keyPlaces[i])));
      }
      if (found.isEmpty()) {
        return;
      }
      List<Optional<Value.Scalar>> measured =
          IntStream.of(measurePlaces).mapToObj(place -> scalar(place, values)).toList();
      for (List<Optional<Value.Scalar>> key : found) {
        groups
            .group(key)
            .ifPresent(measures -> {
              for (int i = 0; i < measures.size(); i++) {
                measures.get(i).add(measured.get(i), 1);
              }
            });
      }
    }

    /** Every key so far with every value of the next one. */
    private static List<List<Optional<Value.Scalar>>> combined(
        List<List<Optional<Value.Scalar>>> keys, List<Optional<Value.Scalar>> next) {
      List<List<Optional<Value.Scalar>>> combined = new ArrayList<>(keys.size() * next.size());
      for (List<Optional<Value.Scalar>> key : keys) {
        for (Optional<Value.Scalar> value : next) {
          List<Optional<Value.Scalar>> longer = new ArrayList<>(key.size() + 1);
          longer.addAll(key);
          longer.add(value);
          combined.add(longer);
        }
      }
      return combined;
    }

    private static Optional<Value.Scalar> scalar(int place, IntFunction<Optional<Value>> values) {
      return place < 0
          ? Optional.empty()
          : values.apply(place).map(value -> ScalarOrder.canonical((Value.Scalar) value));
    }
  }
}
