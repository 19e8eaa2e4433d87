package io.elacsym.api.segment;

import java.util.Optional;

/**
 * What a file knows of a column's values.
 *
 * @param absent how many rows have no value
 * @param min the smallest value or element, as Long, Double, String or Boolean; empty when unknown
 * @param max likewise the largest
 */
public record ColumnStatistics(
    long absent, Optional<Comparable<?>> min, Optional<Comparable<?>> max) {}
