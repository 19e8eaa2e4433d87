package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Allowance;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ranks so that at most a few hits have the same values of some attributes. It searches, takes hits
 * from the best one on as long as their values have not had their share, and if that is not enough
 * searches again without the rows whose values had it. So it finds as many as there are, and the
 * same as if the whole ranking were looked through, where the ranking itself is exact.
 */
final class DistinctSearch {
  /** How many more hits each round asks for. */
  private static final int GROWTH = 4;

  private static final int MOST_AT_ONCE = 10_000;

  private final Projected fields;
  private final int limit;

  DistinctSearch(Schema schema, Distinct distinct) {
    this.fields =
        new Projected(
            schema, distinct.fields().stream().map(Distinct.Field::name).toList(), List.of());
    this.limit = distinct.limit();
  }

  /** A ranking. */
  @FunctionalInterface
  interface Search {
    /** The best accepted rows, best first; fewer than {@code k} only if there are no others. */
    List<Candidate> best(List<RowSet> accepted, int k);
  }

  /** How many hits there are of the values that have any. */
  private static final class Shares {
    private final Map<List<Optional<Value.Scalar>>, Integer> counts = new HashMap<>();
    private final Set<List<Optional<Value.Scalar>>> full = new LinkedHashSet<>();

    /** Whether these values may have one more, which they then have. */
    boolean take(List<Optional<Value.Scalar>> values, int limit) {
      int count = counts.merge(values, 1, Integer::sum);
      if (count >= limit) {
        full.add(values);
      }
      return count <= limit;
    }
  }

  /**
   * The best of the accepted rows, in the order in which they are found.
   *
   * @param accepted of each part
   */
  List<Candidate> best(List<Part> parts, List<RowSet> accepted, int k, Search search) {
    List<Candidate> chosen = new ArrayList<>();
    Shares shares = new Shares();
    List<RowSet> left = accepted;
    int wanted = k;
    while (true) {
      Deadline.check();
      shares.full.clear();
      List<Candidate> found = search.best(left, wanted);
      take(found, k, shares, chosen);
      if (chosen.size() == k || found.size() < wanted) {
        return chosen;
      }
      left = without(parts, left, found, shares.full);
      wanted = Math.min(MOST_AT_ONCE, GROWTH * wanted);
    }
  }

  /** The best of rows that are ranked already. */
  List<Candidate> best(List<Candidate> ranked, int k) {
    List<Candidate> chosen = new ArrayList<>();
    take(ranked, k, new Shares(), chosen);
    return chosen;
  }

  /** Adds to those that are chosen until they are as many as are wanted. */
  private void take(List<Candidate> ranked, int k, Shares shares, List<Candidate> chosen) {
    List<List<Optional<Value.Scalar>>> values = values(ranked);
    for (int i = 0; i < ranked.size() && chosen.size() < k; i++) {
      if (shares.take(values.get(i), limit)) {
        chosen.add(ranked.get(i));
      }
    }
  }

  private List<List<Optional<Value.Scalar>>> values(List<Candidate> found) {
    List<Document> documents = new DocumentFetch(found, fields).all();
    // Only their values are kept, and those are few.
    Allowance.current().giveBack(documents.stream().mapToLong(Footprint::of).sum());
    return documents.stream().map(this::values).toList();
  }

  private List<Optional<Value.Scalar>> values(Document document) {
    List<Optional<Value.Scalar>> values = new ArrayList<>();
    for (String field : fields.attributes()) {
      values.add(
          Optional.ofNullable(document.attributes().get(field))
              .map(value -> ScalarOrder.canonical((Value.Scalar) value)));
    }
    return values;
  }

  private List<RowSet> without(
      List<Part> parts,
      List<RowSet> accepted,
      List<Candidate> found,
      Set<List<Optional<Value.Scalar>>> full) {
    // Without a value that had its share it matches nothing.
    TypedFilter filter = new TypedFilter.Or(full.stream().map(this::filter).toList());
    return Parallel.map(
        IntStream.range(0, parts.size()).boxed().toList(),
        part ->
            accepted.get(part).isEmpty()
                ? accepted.get(part)
                : without(parts.get(part), accepted.get(part), found, filter));
  }

  private static RowSet without(
      Part part, RowSet accepted, List<Candidate> found, TypedFilter filter) {
    BitSet own = new BitSet();
    found.stream()
        .filter(candidate -> candidate.part().equals(part))
        .forEach(candidate -> own.set(candidate.row()));
    return accepted.andNot(part.matching(filter)).andNot(RowSet.of(accepted.rowCount(), own));
  }

  /** Which rows have these values. */
  private TypedFilter filter(List<Optional<Value.Scalar>> values) {
    List<TypedFilter> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String field = fields.attributes().get(i);
      all.add(
          values
              .get(i)
              .<TypedFilter>map(value -> new TypedFilter.Equal(field, value))
              .orElseGet(() -> new TypedFilter.Exists(field, false)));
    }
    return all.size() == 1 ? all.getFirst() : new TypedFilter.And(all);
  }
}
