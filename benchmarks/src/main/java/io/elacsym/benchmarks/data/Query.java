package io.elacsym.benchmarks.data;

/**
 * A text that is looked for.
 *
 * @param text as it was typed
 * @param vector its embedding, of length one
 */
public record Query(String text, float[] vector) {}
