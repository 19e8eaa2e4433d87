package io.elacsym.api.segment;

import java.util.Optional;

/**
 * What a file knows of a column's values. Bounds are values of the column, never shortened ones:
 * what is too long to be kept is unknown. A double that is not a number has no place in their
 * order: it is no bound, and bounds of a column that has some are those of its numbers, or unknown.
 * Numbers are ordered by value, those of the logical type {@code uint} without a sign, and texts by
 * their code points, which is the order of their bytes in UTF-8.
 *
 * @param absent how many rows have no value
 * @param min the smallest value or element, as Long, Double, String or Boolean; empty when unknown
 * @param max likewise the largest
 */
public record ColumnStatistics(
    long absent, Optional<Comparable<?>> min, Optional<Comparable<?>> max) {}
