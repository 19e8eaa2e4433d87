package io.elacsym.engine.leaf;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.OrderedRow;
import java.util.List;
import java.util.Map;

/** What a {@link LeafQuestion} is answered with: all of it, or a refusal. */
public sealed interface LeafAnswer {
  /**
   * Nothing was searched, because what was asked about is not what is here.
   *
   * @param why in words
   */
  record Refused(String why) implements LeafAnswer {}

  /** Of {@link LeafQuestion.Matching} and {@link LeafQuestion.Finding}. */
  record Rows(RowSet rows) implements LeafAnswer {}

  /**
   * Of {@link LeafQuestion.Nearest}.
   *
   * @param strategy how they were found, for an explanation
   */
  record Vectors(VectorHits hits, String strategy) implements LeafAnswer {}

  /** Of {@link LeafQuestion.Counting}. */
  record Counts(TextStatistics statistics) implements LeafAnswer {}

  /** Of {@link LeafQuestion.Meaning}. */
  record Terms(List<WeightedTerm> terms) implements LeafAnswer {
    public Terms {
      terms = List.copyOf(terms);
    }
  }

  /** Of {@link LeafQuestion.Search}. */
  record Texts(TextHits hits) implements LeafAnswer {}

  /** Of {@link LeafQuestion.Scoring}. */
  record Scores(float[] scores) implements LeafAnswer {}

  /** Of {@link LeafQuestion.Together}: one for each tally. */
  record Together(List<Tallied> tallied) implements LeafAnswer {
    public Together {
      tallied = List.copyOf(tallied);
    }
  }

  /** Of {@link LeafQuestion.First}. */
  record First(List<OrderedRow> rows) implements LeafAnswer {
    public First {
      rows = List.copyOf(rows);
    }
  }

  /** Of {@link LeafQuestion.Fetch}: for each asked row what it has of the asked fields. */
  record Contents(List<Content> rows) implements LeafAnswer {
    public Contents {
      rows = List.copyOf(rows);
    }
  }

  /** A document without its id, which whoever asks knows. */
  record Content(Map<String, float[]> vectors, Map<String, Value> attributes) {}
}
