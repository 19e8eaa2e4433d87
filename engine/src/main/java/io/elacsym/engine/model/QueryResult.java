package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * The answer to a query, all of one snapshot.
 *
 * @param hits best first; equal scores by ascending id; which of several equal scores make the cut
 *     at {@code topK} is not defined
 * @param next where the next page begins; empty when no page was asked for, or when there is none
 *     behind this one
 * @param aggregated what was asked of all documents together; empty when nothing was
 * @param cost what it took
 * @param explanation how it was found, when asked
 */
public record QueryResult(
    List<Hit> hits,
    Optional<Cursor> next,
    Optional<Aggregated> aggregated,
    QueryCost cost,
    Optional<Explanation> explanation) {}
