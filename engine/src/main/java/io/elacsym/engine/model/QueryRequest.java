package io.elacsym.engine.model;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A query. Whether it fits is checked against the schema of the snapshot that answers it.
 *
 * @param ranking what decides the order
 * @param filter restricts before ranking: {@code topK} results come back whenever that many match
 * @param topK how many results, 1 to 1,000, or 0 when only the aggregation is wanted
 * @param cursor where the page begins, when the results are read page by page; the answer then has
 *     the cursor of the next one
 * @param distinct if given, there are only so many results with the same values of some attributes;
 *     of each clause of a fusion, too, before they are fused
 * @param aggregation what is wanted to know of all documents that match the filter and, if it ranks
 *     by texts alone, are found by one of these; whichever of them come back
 * @param projection which fields come back
 * @param consistency what it must see
 * @param explain whether the result tells how it was found
 * @param explainScores whether each hit tells how it came to its score
 * @param highlight how hits show where they have what was asked for
 */
public record QueryRequest(
    Ranking ranking,
    Optional<Filter> filter,
    int topK,
    Optional<Cursor> cursor,
    Optional<Distinct> distinct,
    Aggregation aggregation,
    Projection projection,
    Consistency consistency,
    boolean explain,
    boolean explainScores,
    Optional<Highlight> highlight) {
  public static final int MAX_TOP_K = 1_000;
  public static final int DEFAULT_TOP_K = 10;

  /** The ten best of all documents, with their attributes, as of now. */
  public static QueryRequest of(Ranking ranking) {
    return new Draft(ranking).request();
  }

  public QueryRequest withFilter(Optional<Filter> wanted) {
    return with(draft -> draft.filter = wanted);
  }

  public QueryRequest withTopK(int wanted) {
    return with(draft -> draft.topK = wanted);
  }

  public QueryRequest withCursor(Optional<Cursor> wanted) {
    return with(draft -> draft.cursor = wanted);
  }

  public QueryRequest withDistinct(Optional<Distinct> wanted) {
    return with(draft -> draft.distinct = wanted);
  }

  public QueryRequest withAggregation(Aggregation wanted) {
    return with(draft -> draft.aggregation = wanted);
  }

  public QueryRequest withProjection(Projection wanted) {
    return with(draft -> draft.projection = wanted);
  }

  public QueryRequest withConsistency(Consistency wanted) {
    return with(draft -> draft.consistency = wanted);
  }

  public QueryRequest withExplain(boolean wanted) {
    return with(draft -> draft.explain = wanted);
  }

  public QueryRequest withExplainScores(boolean wanted) {
    return with(draft -> draft.explainScores = wanted);
  }

  public QueryRequest withHighlight(Optional<Highlight> wanted) {
    return with(draft -> draft.highlight = wanted);
  }

  private QueryRequest with(Consumer<Draft> change) {
    Draft draft = new Draft(ranking);
    draft.filter = filter;
    draft.topK = topK;
    draft.cursor = cursor;
    draft.distinct = distinct;
    draft.aggregation = aggregation;
    draft.projection = projection;
    draft.consistency = consistency;
    draft.explain = explain;
    draft.explainScores = explainScores;
    draft.highlight = highlight;
    change.accept(draft);
    return draft.request();
  }

  /** A query that is being put together; it begins with what is usual. */
  private static final class Draft {
    final Ranking ranking;
    Optional<Filter> filter = Optional.empty();
    int topK = DEFAULT_TOP_K;
    Optional<Cursor> cursor = Optional.empty();
    Optional<Distinct> distinct = Optional.empty();
    Aggregation aggregation = Aggregation.NONE;
    Projection projection = Projection.ATTRIBUTES;
    Consistency consistency = Consistency.STRONG;
    boolean explain;
    boolean explainScores;
    Optional<Highlight> highlight = Optional.empty();

    Draft(Ranking ranking) {
      this.ranking = ranking;
    }

    QueryRequest request() {
      return new QueryRequest(
          ranking,
          filter,
          topK,
          cursor,
          distinct,
          aggregation,
          projection,
          consistency,
          explain,
          explainScores,
          highlight);
    }
  }
}
