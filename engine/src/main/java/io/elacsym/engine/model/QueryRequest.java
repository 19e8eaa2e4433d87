package io.elacsym.engine.model;

import java.util.Optional;

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
    boolean explain) {
  public static final int MAX_TOP_K = 1_000;
  public static final int DEFAULT_TOP_K = 10;

  /** The ten best of all documents, with their attributes, as of now. */
  public static QueryRequest of(Ranking ranking) {
    return new QueryRequest(
        ranking,
        Optional.empty(),
        DEFAULT_TOP_K,
        Optional.empty(),
        Optional.empty(),
        Aggregation.NONE,
        Projection.ATTRIBUTES,
        Consistency.STRONG,
        false);
  }

  public QueryRequest withFilter(Optional<Filter> wanted) {
    return new QueryRequest(
        ranking, wanted, topK, cursor, distinct, aggregation, projection, consistency, explain);
  }

  public QueryRequest withTopK(int wanted) {
    return new QueryRequest(
        ranking, filter, wanted, cursor, distinct, aggregation, projection, consistency, explain);
  }

  public QueryRequest withCursor(Optional<Cursor> wanted) {
    return new QueryRequest(
        ranking, filter, topK, wanted, distinct, aggregation, projection, consistency, explain);
  }

  public QueryRequest withDistinct(Optional<Distinct> wanted) {
    return new QueryRequest(
        ranking, filter, topK, cursor, wanted, aggregation, projection, consistency, explain);
  }

  public QueryRequest withAggregation(Aggregation wanted) {
    return new QueryRequest(
        ranking, filter, topK, cursor, distinct, wanted, projection, consistency, explain);
  }

  public QueryRequest withProjection(Projection wanted) {
    return new QueryRequest(
        ranking, filter, topK, cursor, distinct, aggregation, wanted, consistency, explain);
  }

  public QueryRequest withConsistency(Consistency wanted) {
    return new QueryRequest(
        ranking, filter, topK, cursor, distinct, aggregation, projection, wanted, explain);
  }

  public QueryRequest withExplain(boolean wanted) {
    return new QueryRequest(
        ranking, filter, topK, cursor, distinct, aggregation, projection, consistency, wanted);
  }
}
