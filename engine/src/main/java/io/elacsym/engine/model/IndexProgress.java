package io.elacsym.engine.model;

/**
 * How far an index is that was added to an attribute: it is built for one segment after the other.
 *
 * @param field the attribute
 * @param kind what it is for: {@code text} or {@code attribute}
 * @param segmentsDone segments that have it
 * @param segments all of them
 * @param rowsDone rows of those that have it, deleted ones included
 * @param rows of all of them
 */
public record IndexProgress(
    String field, String kind, int segmentsDone, int segments, long rowsDone, long rows) {}
