package io.elacsym.engine.leaf;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked about one segment. The answer depends on the question and on what is stored of
 * the segment, and on nothing else: so whoever has the same segment gives the same answer. Fields
 * are named only, because the declaration of a field never changes.
 */
public sealed interface LeafQuestion {
  /** The rows that match, deleted ones included. */
  record Matching(TypedFilter filter) implements LeafQuestion {}

  /**
   * The best accepted rows by a vector field.
   *
   * @param ahead what will be asked of the rows found
   */
  record Nearest(String field, VectorQuery query, Optional<Wanted> ahead) implements LeafQuestion {}

  /** The statistics of some terms over live rows. */
  record Counting(String field, List<String> terms, RowSet live) implements LeafQuestion {
    public Counting {
      terms = List.copyOf(terms);
    }
  }

  /**
   * The terms that a pattern means among live rows.
   *
   * @param limit at most so many
   */
  record Meaning(String field, TermPattern pattern, RowSet live, int limit)
      implements LeafQuestion {}

  /** The accepted rows that a clause on a text field finds, all of them. */
  record Finding(String field, TextClause clause, RowSet accept) implements LeafQuestion {}

  /** The best accepted rows by a text field. */
  record Search(String field, TextQuery query) implements LeafQuestion {}

  /** The scores of given rows by a text field. */
  record Scoring(String field, TextQuery query, int[] rows) implements LeafQuestion {}

  /** What the accepted rows are together. */
  record Together(List<Tally> tallies, RowSet accept) implements LeafQuestion {
    public Together {
      tallies = List.copyOf(tallies);
    }
  }

  /**
   * The first accepted rows in an order.
   *
   * @param after only those behind this place
   * @param limit at most so many
   */
  record First(RowOrder order, RowSet accept, Optional<Position> after, int limit)
      implements LeafQuestion {}

  /** The asked fields of given rows. */
  record Fetch(int[] rows, Wanted wanted) implements LeafQuestion {}

  /** Names of fields. */
  record Wanted(List<String> attributes, List<String> vectors) {
    public Wanted {
      attributes = List.copyOf(attributes);
      vectors = List.copyOf(vectors);
    }

    /** The names of what is projected. */
    public static Wanted of(Projected projected) {
      return new Wanted(
          projected.attributes(), projected.vectors().stream().map(field -> field.name()).toList());
    }
  }
}
