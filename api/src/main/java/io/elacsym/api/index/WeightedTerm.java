package io.elacsym.api.index;

/**
 * A term, and what a row that has it is worth beside rows that have others.
 *
 * @param weight more than 0, at most 1
 */
public record WeightedTerm(String term, float weight) {}
