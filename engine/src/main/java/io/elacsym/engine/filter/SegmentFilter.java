package io.elacsym.engine.filter;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Answers a checked filter with the matching rows of one segment, deleted ones included. */
public final class SegmentFilter {
  private final FilterSource source;

  private SegmentFilter(FilterSource source) {
    this.source = source;
  }

  public static RowSet rows(Filter filter, FilterSource source) {
    return RowSet.of(source.rowCount(), new SegmentFilter(source).bits(filter));
  }

  private BitSet bits(Filter filter) {
    return switch (filter) {
      case Filter.And and -> {
        BitSet result = everything();
        for (Filter condition : cheapestFirst(and.conditions())) {
          if (result.isEmpty()) {
            break;
          }
          result.and(bits(condition));
        }
        yield result;
      }
      case Filter.Or or -> {
        BitSet result = new BitSet(source.rowCount());
        or.conditions().forEach(condition -> result.or(bits(condition)));
        yield result;
      }
      case Filter.Not not -> complement(bits(not.condition()));
      case Filter.Leaf leaf -> leaf(leaf);
    };
  }

  /** Indexed conditions first: if they leave nothing, no column has to be read. */
  private List<Filter> cheapestFirst(List<Filter> conditions) {
    return conditions.stream()
        .sorted((a, b) -> Boolean.compare(isIndexed(b), isIndexed(a)))
        .toList();
  }

  private boolean isIndexed(Filter filter) {
    return filter instanceof Filter.Leaf leaf && source.index(leaf.field()).isPresent();
  }

  private BitSet leaf(Filter.Leaf leaf) {
    if (leaf.field().equals(Schema.ID)) {
      return scan(leaf, row -> Optional.of(DocumentFilter.value(source.id(row))));
    }
    Optional<AttributeIndex> index = source.index(leaf.field());
    if (index.isPresent()) {
      return indexed(leaf, index.get());
    }
    return scan(leaf, source.values(leaf.field()).orElse(row -> Optional.empty()));
  }

  private BitSet indexed(Filter.Leaf leaf, AttributeIndex index) {
    return switch (leaf) {
      case Filter.Exists f -> f.expected() ? index.present() : complement(index.present());
      case Filter.ContainsAll f -> {
        BitSet result = index.present();
        for (Value.Scalar value : f.values()) {
          result.and(index.equalTo(List.of(value)));
        }
        yield result;
      }
      case Filter.Equal f -> index.equalTo(List.of(f.value()));
      case Filter.In f -> index.equalTo(f.values());
      case Filter.ContainsAny f -> index.equalTo(f.values());
      case Filter.NotEqual f -> complement(index.equalTo(List.of(f.value())));
      case Filter.NotIn f -> complement(index.equalTo(f.values()));
      case Filter.Compare f -> index.inOrder(f.order(), f.value());
      case Filter.Substring f -> index.matching(LeafTest.elementTest(f));
      case Filter.Prefix f -> index.matching(LeafTest.elementTest(f));
      case Filter.Glob f -> index.matching(LeafTest.elementTest(f));
    };
  }

  private BitSet scan(Filter.Leaf leaf, IntFunction<Optional<Value>> values) {
    Predicate<Optional<Value>> test = LeafTest.of(leaf);
    BitSet result = new BitSet(source.rowCount());
    for (int row = 0; row < source.rowCount(); row++) {
      if (test.test(values.apply(row))) {
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
