package io.elacsym.api.index;

/**
 * What an index can do, as data for the planner and the contract tests.
 *
 * @param exact whether every search is exact, whatever the recall target
 * @param filtersNatively whether a filter makes a search cheaper, not only smaller
 */
public record VectorIndexCapabilities(boolean exact, boolean filtersNatively) {}
