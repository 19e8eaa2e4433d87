package io.elacsym.engine.model;

/**
 * What a plugin has done wrong since the engine was opened.
 *
 * @param kind what it plugs in, such as {@code vector index}
 * @param name by which configuration calls it
 * @param failures calls that ended with what a plugin may not throw
 * @param wrongAnswers answers that break the contract, and were not used
 */
public record PluginFaults(String kind, String name, long failures, long wrongAnswers) {}
