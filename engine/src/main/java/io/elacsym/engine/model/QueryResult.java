package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * The answer to a query, all of one snapshot.
 *
 * @param hits best first; equal scores by ascending id; which of several equal scores make the cut
 *     at {@code topK} is not defined
 * @param cost what it took
 * @param explanation how it was found, when asked
 */
public record QueryResult(List<Hit> hits, QueryCost cost, Optional<Explanation> explanation) {}
