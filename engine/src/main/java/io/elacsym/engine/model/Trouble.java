package io.elacsym.engine.model;

import java.time.Instant;

/**
 * Work in the background of a namespace that has failed, and is tried again.
 *
 * @param work such as {@code flush}
 * @param since when it failed first; it has not succeeded since
 * @param failures how often it has failed since then
 * @param nextTry not before this time
 * @param message why it failed last, fit to be shown to any user
 */
public record Trouble(String work, Instant since, int failures, Instant nextTry, String message) {}
