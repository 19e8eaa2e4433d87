package io.elacsym.benchmarks.sets;

/**
 * What a source has for a set.
 *
 * @param vectors to search in, in random order, so that any number of the first are a sample
 * @param queries of the same kind, none of them among the vectors
 * @param origin what both were made from and how, in a line
 */
record Drawn(Rows vectors, Rows queries, String origin) {}
