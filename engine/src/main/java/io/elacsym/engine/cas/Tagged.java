package io.elacsym.engine.cas;

/**
 * The content of an {@link AtomicObject} with the tag that a later compare-and-set must meet.
 *
 * @param tag what the storage calls this content
 */
public record Tagged<T>(T content, String tag) {}
