package io.elacsym.engine.filter;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Answers a checked filter with the matching rows of one segment, deleted ones included. A column
 * is read once, some rows at a time, however many conditions ask for it; and only rows are looked
 * at for which the answer is still open. For one thread.
 */
public final class SegmentFilter {
  private final FilterSource source;
  private final IdentityHashMap<TypedFilter.Leaf, BitSet> answered = new IdentityHashMap<>();
  private final IdentityHashMap<TypedFilter.Leaf, Predicate<Optional<Value>>> tests =
      new IdentityHashMap<>();

  /** Values of the rows that are looked at now. */
  private final Map<String, IntFunction<Optional<Value>>> columns = new HashMap<>();

  private final Pace pace = new Pace();
  private int from;
  private int to;

  private SegmentFilter(FilterSource source) {
    this.source = source;
  }

  public static RowSet rows(TypedFilter filter, FilterSource source) {
    TypedFilter merged = Merging.merged(filter);
    SegmentFilter open = new SegmentFilter(source);
    BitSet matching = new BitSet(source.rowCount());
    int step = open.readsColumns(merged) ? source.rowsAtOnce() : source.rowCount();
    for (int from = 0; from < source.rowCount(); from += step) {
      open.lookAt(from, Math.min(source.rowCount(), from + step));
      BitSet rows = new BitSet(open.to);
      rows.set(open.from, open.to);
      matching.or(open.among(rows, merged));
    }
    return RowSet.of(source.rowCount(), matching);
  }

  private void lookAt(int first, int end) {
    from = first;
    to = end;
    columns.clear();
  }

  private boolean readsColumns(TypedFilter filter) {
    return switch (filter) {
      case TypedFilter.And and -> and.conditions().stream().anyMatch(this::readsColumns);
      case TypedFilter.Or or -> or.conditions().stream().anyMatch(this::readsColumns);
      case TypedFilter.Not not -> readsColumns(not.condition());
      case TypedFilter.Leaf leaf -> !leaf.field().equals(Schema.ID) && !isIndexed(leaf);
    };
  }

  /** The rows among these that match; a set of the caller's own. */
  private BitSet among(BitSet rows, TypedFilter filter) {
    Deadline.check();
    return switch (filter) {
      case TypedFilter.And and -> {
        BitSet left = (BitSet) rows.clone();
        for (TypedFilter condition : cheapestFirst(and.conditions())) {
          if (left.isEmpty()) {
            break;
          }
          left = among(left, condition);
        }
        yield left;
      }
      case TypedFilter.Or or -> {
        BitSet left = (BitSet) rows.clone();
        BitSet result = new BitSet(source.rowCount());
        for (TypedFilter condition : cheapestFirst(or.conditions())) {
          if (left.isEmpty()) {
            break;
          }
          BitSet found = among(left, condition);
          result.or(found);
          left.andNot(found);
        }
        yield result;
      }
      case TypedFilter.Not not -> {
        BitSet left = (BitSet) rows.clone();
        left.andNot(among(rows, not.condition()));
        yield left;
      }
      case TypedFilter.Leaf leaf -> leaf(rows, leaf);
    };
  }

  /** Indexed conditions first: if they leave nothing, no column has to be read. */
  private List<TypedFilter> cheapestFirst(List<TypedFilter> conditions) {
    return conditions.stream()
        .sorted((a, b) -> Boolean.compare(isIndexed(b), isIndexed(a)))
        .toList();
  }

  private boolean isIndexed(TypedFilter filter) {
    return switch (filter) {
      case TypedFilter.Leaf leaf -> source.index(leaf.field()).isPresent();
      case TypedFilter.Not not -> isIndexed(not.condition());
      default -> false;
    };
  }

  private BitSet leaf(BitSet rows, TypedFilter.Leaf leaf) {
    Optional<AttributeIndex> index =
        leaf.field().equals(Schema.ID) ? Optional.empty() : source.index(leaf.field());
    if (index.isPresent()) {
      BitSet result = (BitSet) rows.clone();
      result.and(answered.computeIfAbsent(leaf, l -> indexed(l, index.get())));
      return result;
    }
    return scan(rows, leaf, columns.computeIfAbsent(leaf.field(), this::column));
  }

  private IntFunction<Optional<Value>> column(String field) {
    return field.equals(Schema.ID)
        ? row -> Optional.of(DocumentFilter.value(source.id(row)))
        : source.values(field, from, to).orElse(row -> Optional.empty());
  }

  private BitSet indexed(TypedFilter.Leaf leaf, AttributeIndex index) {
    return switch (leaf) {
      case TypedFilter.Exists f -> f.expected() ? index.present() : complement(index.present());
      case TypedFilter.ContainsAll f -> {
        BitSet result = index.present();
        for (Value.Scalar value : f.values()) {
          if (result.isEmpty()) {
            break;
          }
          pace.go(1 + source.rowCount() / 64);
          result.and(index.rows(new ValueSet(List.of(value)), pace));
        }
        yield result;
      }
      default -> {
        BitSet passing = index.rows(LeafTest.elementTest(leaf), pace);
        yield LeafTest.isNegative(leaf) ? complement(passing) : passing;
      }
    };
  }

  private BitSet scan(BitSet rows, TypedFilter.Leaf leaf, IntFunction<Optional<Value>> values) {
    Predicate<Optional<Value>> test = tests.computeIfAbsent(leaf, LeafTest::of);
    BitSet result = new BitSet(source.rowCount());
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      Optional<Value> value = values.apply(row);
      pace.go(value.map(LeafTest::size).orElse(1));
      if (test.test(value)) {
        result.set(row);
      }
    }
    return result;
  }

  private BitSet everything() {
    BitSet all = new BitSet(source.rowCount());
    all.set(0, source.rowCount());
    return all;
  }

  private BitSet complement(BitSet bits) {
    BitSet result = everything();
    result.andNot(bits);
    return result;
  }
}
