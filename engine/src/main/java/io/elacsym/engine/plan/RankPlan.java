package io.elacsym.engine.plan;

import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import java.util.List;
import java.util.Optional;

/** How the best of the accepted rows are found. */
public sealed interface RankPlan {
  /** How many are wanted; never more than there are. */
  int k();

  /** The same plan for another number of rows. */
  default RankPlan withK(int wanted) {
    return switch (this) {
      case Nearest(Ranking.Nearest asked, int _, List<Integer> parts) ->
          new Nearest(asked, wanted, parts);
      case Text(Ranking.Bm25 asked, int _, List<Integer> parts) -> new Text(asked, wanted, parts);
      case Fused(Ranking.Fusion asked, int _, List<RankPlan> clauses) ->
          new Fused(asked, wanted, clauses);
      case ByAttributes(RowOrder order, int _, Optional<Position> after, List<Integer> parts) ->
          new ByAttributes(order, wanted, after, parts);
      case ByValue(RowOrder order, int _, List<Integer> parts) -> new ByValue(order, wanted, parts);
      case Few(Distinct asked, int _, RankPlan inner) -> new Few(asked, wanted, inner);
      case ById(int _, Optional<DocId> after, List<Integer> parts) ->
          new ById(wanted, after, parts);
    };
  }

  /**
   * By a vector field.
   *
   * @param parts numbers of the parts that are searched: the others have nothing to be found
   */
  record Nearest(Ranking.Nearest asked, int k, List<Integer> parts) implements RankPlan {
    public Nearest {
      parts = List.copyOf(parts);
    }
  }

  /**
   * By text fields. Scores are those of one index over all documents that are alive, so a part of
   * which no row is accepted counts, too.
   *
   * @param parts numbers of the parts that have rows
   */
  record Text(Ranking.Bm25 asked, int k, List<Integer> parts) implements RankPlan {
    public Text {
      parts = List.copyOf(parts);
    }
  }

  /**
   * By several clauses, which are ranked side by side, so that a fusion has the waves of its
   * deepest clause.
   *
   * @param clauses each ranks as many rows as the fusion looks at
   */
  record Fused(Ranking.Fusion asked, int k, List<RankPlan> clauses) implements RankPlan {
    public Fused {
      clauses = List.copyOf(clauses);
    }
  }

  /**
   * By the values of attributes.
   *
   * @param after only what is behind this place
   */
  record ByAttributes(RowOrder order, int k, Optional<Position> after, List<Integer> parts)
      implements RankPlan {
    public ByAttributes {
      parts = List.copyOf(parts);
    }
  }

  /**
   * By the values of attributes, as a clause of a fusion: rows without a value of the first one are
   * not ranked, and the others have it as their score.
   */
  record ByValue(RowOrder order, int k, List<Integer> parts) implements RankPlan {
    public ByValue {
      parts = List.copyOf(parts);
    }
  }

  /**
   * In the order of another plan, but only few of them with the same values of some attributes. A
   * fusion is carried out once; everything else as often as it takes, each time without the rows
   * whose values had their share.
   */
  record Few(Distinct asked, int k, RankPlan inner) implements RankPlan {}

  /**
   * By ascending id.
   *
   * @param after only greater ids
   */
  record ById(int k, Optional<DocId> after, List<Integer> parts) implements RankPlan {
    public ById {
      parts = List.copyOf(parts);
    }
  }
}
