package io.elacsym.engine.cas;

/**
 * The content of an {@link AtomicObject} with the version that a later compare-and-set must meet.
 *
 * @param version the storage's tag
 */
public record Versioned<T>(T content, String version) {}
