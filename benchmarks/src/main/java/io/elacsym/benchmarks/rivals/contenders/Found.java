package io.elacsym.benchmarks.rivals.contenders;

/**
 * Answers to queries that were asked one by one on one thread.
 *
 * @param items per query, as the contender gave them
 * @param micros CPU time of a query, on average
 */
public record Found(int[][] items, double micros) {}
