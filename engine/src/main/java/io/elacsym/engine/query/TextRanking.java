package io.elacsym.engine.query;

import io.elacsym.api.index.TextField;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Combining;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.plugin.Plugins;
import java.util.List;

/** BM25 over all parts of a snapshot, scored as if they were one index. For one query. */
sealed interface TextRanking permits TextSearch, OneTextSearch {
  static TextRanking of(
      Ranking.Bm25 ranking, Schema schema, Plugins plugins, List<PartRows> parts) {
    return switch (ranking.combining()) {
      case Combining.Sum _ -> new TextSearch(ranking, 1, schema, plugins, parts);
      case Combining.Best(double tieBreaker) ->
          new TextSearch(ranking, tieBreaker, schema, plugins, parts);
      case Combining.OneText _ -> new OneTextSearch(ranking, schema, plugins, parts);
    };
  }

  static TextField field(Ranking.WeightedField weighted, Schema schema) {
    return new TextField(
        weighted.field(),
        schema.attribute(weighted.field()).flatMap(a -> a.fullText()).orElseThrow());
  }

  /** All accepted rows that the query finds, of each part. */
  List<PartRows> found();

  /** The {@code k} best accepted rows, best first. */
  List<Candidate> best(int k);

  /** How a row that was found came to its score. */
  ScoreExplanation explain(Candidate candidate);

  /** What the query is in each of its fields; those without a word of it may be missing. */
  List<FieldText> texts();
}
