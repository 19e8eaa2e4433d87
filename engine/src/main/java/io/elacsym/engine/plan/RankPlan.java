package io.elacsym.engine.plan;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Ranking;
import java.util.List;
import java.util.Optional;

/** How the best of the accepted rows are found. */
public sealed interface RankPlan {
  /** How many are wanted; never more than there are. */
  int k();

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
