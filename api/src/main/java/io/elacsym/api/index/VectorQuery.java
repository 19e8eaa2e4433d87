package io.elacsym.api.index;

import java.util.OptionalInt;

/**
 * One search.
 *
 * @param vector the query, of the field's dimension, finite; not changed by anybody
 * @param k how many rows are wanted, from 1
 * @param accept rows that may be returned: alive and matching the filter
 * @param recallTarget wanted share of the true k nearest among those returned, 0 to 1; 1 asks for
 *     the exact answer
 * @param effort the index's own measure of work (lists visited, beam width), forced by the caller
 *     instead of the recall target
 */
public record VectorQuery(
    float[] vector, int k, RowSet accept, double recallTarget, OptionalInt effort) {}
