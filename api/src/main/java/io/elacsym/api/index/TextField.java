package io.elacsym.api.index;

/**
 * A full-text field of a namespace.
 *
 * @param name of the field
 * @param analysis how its text becomes terms
 */
public record TextField(String name, TextAnalysis analysis) {}
