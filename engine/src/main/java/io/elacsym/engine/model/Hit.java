package io.elacsym.engine.model;

/**
 * One result.
 *
 * @param score higher is better, whatever the ranking
 * @param document the asked parts
 */
public record Hit(double score, Document document) {}
