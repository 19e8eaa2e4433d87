package io.elacsym.engine.filter;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.ElementTest.Share;
import io.elacsym.engine.filter.FilterSource.Page;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.BitSet;
import java.util.Comparator;
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
  /** Rows are few when there are so many times as many others. */
  private static final int FEW = 16;

  private final FilterSource source;
  private final IdentityHashMap<TypedFilter.Leaf, BitSet> answered = new IdentityHashMap<>();
  private final IdentityHashMap<TypedFilter.Leaf, Predicate<Optional<Value>>> tests =
      new IdentityHashMap<>();
  private final IdentityHashMap<TypedFilter.Leaf, Share> shares = new IdentityHashMap<>();

  private final IdentityHashMap<TypedFilter.Leaf, ElementTest> elements = new IdentityHashMap<>();
  private final IdentityHashMap<TypedFilter, Cost> costs = new IdentityHashMap<>();
  private final Map<String, List<Page>> pages = new HashMap<>();

  /** Values of the rows that are looked at now. */
  private final Map<String, Part> columns = new HashMap<>();

  private final Pace pace = new Pace();
  private int from;
  private int to;

  /**
   * A part of a column.
   *
   * @param rows those whose values it has
   */
  private record Part(BitSet rows, IntFunction<Optional<Value>> values) {}

  private SegmentFilter(FilterSource source) {
    this.source = source;
  }

  public static RowSet rows(TypedFilter filter, FilterSource source) {
    TypedFilter merged = Merging.merged(filter);
    SegmentFilter open = new SegmentFilter(source);
    BitSet matching = new BitSet(source.rowCount());
    int step = open.cost(merged) == Cost.COLUMN ? source.rowsAtOnce() : source.rowCount();
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

  /** What needs no column comes first: if it leaves nothing, none has to be read. */
  private List<TypedFilter> cheapestFirst(List<TypedFilter> conditions) {
    return conditions.stream().sorted(Comparator.comparing(this::cost)).toList();
  }

  /** What a condition takes to be answered, the least first. */
  private enum Cost {
    NOTHING,
    INDEX,
    IDS,
    COLUMN
  }

  private Cost cost(TypedFilter filter) {
    Cost known = costs.get(filter);
    if (known == null) {
      known = costOf(filter);
      costs.put(filter, known);
    }
    return known;
  }

  private Cost costOf(TypedFilter filter) {
    return switch (filter) {
      case TypedFilter.And and -> greatest(and.conditions());
      case TypedFilter.Or or -> greatest(or.conditions());
      case TypedFilter.Not not -> cost(not.condition());
      case TypedFilter.Leaf leaf -> {
        if (leaf.field().equals(Schema.ID)) {
          yield Cost.IDS;
        }
        if (source.index(leaf.field()).isPresent()) {
          yield Cost.INDEX;
        }
        yield shares.computeIfAbsent(leaf, this::share) == Share.SOME ? Cost.COLUMN : Cost.NOTHING;
      }
    };
  }

  private Cost greatest(List<TypedFilter> conditions) {
    return conditions.stream().map(this::cost).max(Comparator.naturalOrder()).orElse(Cost.NOTHING);
  }

  private BitSet leaf(BitSet rows, TypedFilter.Leaf leaf) {
    if (leaf.field().equals(Schema.ID)) {
      return scan(rows, leaf, row -> Optional.of(DocumentFilter.value(source.id(row))));
    }
    Optional<AttributeIndex> index = source.index(leaf.field());
    if (index.isPresent()) {
      BitSet result = (BitSet) rows.clone();
      result.and(answered.computeIfAbsent(leaf, l -> indexed(l, index.get())));
      return result;
    }
    return switch (shares.computeIfAbsent(leaf, this::share)) {
      case ALL -> (BitSet) rows.clone();
      case NONE -> new BitSet();
      case SOME -> paged(rows, leaf);
    };
  }

  /** Looks at rows of those pages alone whose bounds do not tell whether they match. */
  private BitSet paged(BitSet rows, TypedFilter.Leaf leaf) {
    BitSet open = (BitSet) rows.clone();
    BitSet result = new BitSet(source.rowCount());
    for (Page page : pages(leaf)) {
      Share share =
          page.to() <= from || page.from() >= to ? Share.SOME : share(leaf, page.bounds());
      if (share != Share.SOME) {
        open.clear(page.from(), page.to());
      }
      if (share == Share.ALL) {
        result.set(page.from(), page.to());
      }
    }
    result.and(rows);
    if (!open.isEmpty()) {
      result.or(scan(open, leaf, column(leaf.field(), open)));
    }
    return result;
  }

  private List<Page> pages(TypedFilter.Leaf leaf) {
    return leaf instanceof TypedFilter.Exists || leaf instanceof TypedFilter.ContainsAll
        ? List.of()
        : pages.computeIfAbsent(leaf.field(), source::pages);
  }

  private ElementTest element(TypedFilter.Leaf leaf) {
    return elements.computeIfAbsent(leaf, LeafTest::elementTest);
  }

  /** How many rows of the segment match, as far as it is known without looking at any. */
  private Share share(TypedFilter.Leaf leaf) {
    if (leaf instanceof TypedFilter.Exists || leaf instanceof TypedFilter.ContainsAll) {
      return Share.SOME;
    }
    return source.bounds(leaf.field()).map(bounds -> share(leaf, bounds)).orElse(Share.SOME);
  }

  /** How many of the rows with values between bounds match. */
  private Share share(TypedFilter.Leaf leaf, ValueBounds bounds) {
    Share passing = element(leaf).between(bounds.least(), bounds.greatest());
    if (passing == Share.ALL && !bounds.everywhere()) {
      return Share.SOME;
    }
    return LeafTest.isNegative(leaf) ? passing.turned() : passing;
  }

  /** A part of a column that has these rows; all that are looked at, unless these are few. */
  private IntFunction<Optional<Value>> column(String field, BitSet rows) {
    Part known = columns.get(field);
    if (known != null && isWithin(rows, known.rows())) {
      return known.values();
    }
    BitSet wanted = (BitSet) rows.clone();
    if (known != null || (long) rows.cardinality() * FEW > to - from) {
      wanted.set(from, to);
    }
    Part read =
        new Part(wanted, source.values(field, from, to, wanted).orElse(row -> Optional.empty()));
    columns.put(field, read);
    return read.values();
  }

  private static boolean isWithin(BitSet rows, BitSet others) {
    BitSet missing = (BitSet) rows.clone();
    missing.andNot(others);
    return missing.isEmpty();
  }

  private BitSet indexed(TypedFilter.Leaf leaf, AttributeIndex index) {
    return switch (leaf) {
      case TypedFilter.Exists f -> f.expected() ? index.present() : complement(index.present());
      case TypedFilter.ContainsAll f -> {
        BitSet result = index.present();
        if (f.values().size() > 1) {
          // All of them in one look at the storage: each by itself is in a cache then.
          result.and(index.rows(element(f), pace));
        }
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
        BitSet passing = index.rows(element(leaf), pace);
        yield LeafTest.isNegative(leaf) ? complement(passing) : passing;
      }
    };
  }

  private BitSet scan(BitSet rows, TypedFilter.Leaf leaf, IntFunction<Optional<Value>> values) {
    Predicate<Optional<Value>> test = tests.computeIfAbsent(leaf, l -> LeafTest.of(l, element(l)));
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
