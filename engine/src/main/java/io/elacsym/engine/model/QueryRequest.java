package io.elacsym.engine.model;

import java.util.Optional;

/**
 * A query. Whether it fits is checked against the schema of the snapshot that answers it.
 *
 * @param ranking what decides the order
 * @param filter restricts before ranking: {@code topK} results come back whenever that many match
 * @param topK how many results, 1 to 1,000
 * @param projection which fields come back
 * @param consistency what it must see
 * @param explain whether the result tells how it was found
 */
public record QueryRequest(
    Ranking ranking,
    Optional<Filter> filter,
    int topK,
    Projection projection,
    Consistency consistency,
    boolean explain) {
  public static final int MAX_TOP_K = 1_000;
}
