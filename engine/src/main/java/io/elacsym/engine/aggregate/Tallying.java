package io.elacsym.engine.aggregate;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowSource;
import io.elacsym.engine.order.ValueBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Computes tallies of the rows of one part. What looks at one attribute alone is made of the counts
 * that its index has, without reading a document; for all others together the columns are read
 * once. For one thread.
 */
public final class Tallying {
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
    Tallying tallying = new Tallying(source, accept);
    List<Groups> all = tallies.stream().map(tally -> new Groups(tally, budget)).toList();
    if (!accept.isEmpty()) {
      List<Groups> byColumns = all.stream().filter(groups -> !tallying.answered(groups)).toList();
      if (!byColumns.isEmpty()) {
        tallying.read(byColumns);
      }
    }
    return all.stream().map(Groups::tallied).toList();
  }

  /** Computes a tally without reading values of rows, if that is possible. */
  private boolean answered(Groups groups) {
    List<String> fields = groups.tally().fields();
    if (fields.isEmpty()) {
      add(groups, List.of(), Optional.empty(), accept.cardinality());
      return true;
    }
    Optional<AttributeIndex> index =
        fields.size() == 1 ? source.index(fields.getFirst()) : Optional.empty();
    index.ifPresent(counts -> addAll(groups, counts));
    return index.isPresent();
  }

  private void addAll(Groups groups, AttributeIndex index) {
    List<TallyKey> keys = groups.tally().keys();
    Optional<KeyValues> key = keys.stream().findFirst().map(KeyValues::new);
    index.walk(
        false,
        Optional.empty(),
        (value, rows) -> {
          int accepted = accepted(rows);
          if (accepted > 0) {
            add(groups, key, Optional.of(ScalarOrder.canonical(value)), accepted);
          }
          return true;
        });
    int without = accept.cardinality() - present(index);
    if (without > 0) {
      add(groups, key, Optional.empty(), without);
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

  private static void add(
      Groups groups, Optional<KeyValues> key, Optional<Value.Scalar> value, int rows) {
    if (key.isEmpty()) {
      add(groups, List.of(), value, rows);
      return;
    }
    for (Optional<Value.Scalar> one : key.get().of(value.map(Value.class::cast))) {
      add(groups, List.of(one), value, rows);
    }
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
