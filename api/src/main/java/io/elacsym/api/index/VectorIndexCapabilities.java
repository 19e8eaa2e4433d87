package io.elacsym.api.index;

/**
 * What an index can do, as data for the planner and the contract tests.
 *
 * @param exact whether every search is exact, whatever the recall target
 * @param filtersNatively whether a filter reduces the work of a search, and not only the number of
 *     its hits
 */
public record VectorIndexCapabilities(boolean exact, boolean filtersNatively) {}
