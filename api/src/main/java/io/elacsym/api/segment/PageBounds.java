package io.elacsym.api.segment;

/**
 * What a file knows of a column's values in some neighbouring rows, so that they need not be read
 * where that is enough. Bounds may be other than values, as long as no value is beyond them; their
 * order is that of {@link ColumnStatistics}.
 *
 * @param fromRow the first row
 * @param endRow after the last row
 * @param absent how many of the rows have no value
 * @param min no value is less, as Long, Double, String or Boolean
 * @param max no value is greater
 */
public record PageBounds(
    int fromRow, int endRow, int absent, Comparable<?> min, Comparable<?> max) {}
