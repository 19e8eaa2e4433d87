package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.plugin.Plugins;
import java.util.ArrayList;
import java.util.List;

/**
 * All rows that a ranking finds, however many of them are wanted: a text those that have what it
 * asks for, everything else each row that the filter accepts.
 */
final class FoundRows {
  private final Schema schema;
  private final Plugins plugins;

  FoundRows(Schema schema, Plugins plugins) {
    this.schema = schema;
    this.plugins = plugins;
  }

  /** Those of the accepted rows that are found. */
  List<PartRows> of(Ranking ranking, List<PartRows> accepted) {
    return switch (ranking) {
      case Ranking.Nearest _, Ranking.AttributeOrder _, Ranking.IdOrder _ -> accepted;
      case Ranking.Bm25 bm25 -> TextRanking.of(bm25, schema, plugins, accepted).found();
      case Ranking.Fusion fusion ->
          fusion.clauses().stream()
              .map(clause -> of(clause.ranking(), accepted))
              .reduce(FoundRows::either)
              .orElse(accepted);
    };
  }

  /** The rows of both, which are of the same parts. */
  private static List<PartRows> either(List<PartRows> some, List<PartRows> others) {
    List<PartRows> both = new ArrayList<>(some.size());
    for (int i = 0; i < some.size(); i++) {
      RowSet either = some.get(i).accept().or(others.get(i).accept());
      both.add(new PartRows(some.get(i).part(), either));
    }
    return both;
  }
}
