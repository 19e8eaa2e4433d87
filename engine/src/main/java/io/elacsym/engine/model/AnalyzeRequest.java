package io.elacsym.engine.model;

/**
 * Asks which terms a text has in a field.
 *
 * @param place where the name of the field stands
 * @param field a full-text attribute
 */
public record AnalyzeRequest(Place place, String field, String text) {}
