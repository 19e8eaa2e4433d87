package io.elacsym.engine.cas;

/**
 * The content of an {@link AtomicObject} with the tag that a later compare-and-set must meet.
 *
 * @param tag the storage's
 */
public record Tagged<T>(T content, String tag) {}
