package io.elacsym.engine.model;

import java.util.Map;

/**
 * A document, or the asked part of it.
 *
 * @param id its id
 * @param vectors by field; a document may lack any
 * @param attributes by name; a document may lack any
 */
public record Document(DocId id, Map<String, float[]> vectors, Map<String, Value> attributes) {}
