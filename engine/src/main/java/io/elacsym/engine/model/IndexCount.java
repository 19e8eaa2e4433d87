package io.elacsym.engine.model;

import java.util.Optional;

/**
 * How many indexes of a namespace's segments are alike.
 *
 * @param kind what they are for: {@code vector}, {@code text} or {@code attribute}
 * @param encoding how they are stored: plugin, version and features
 * @param recipe what they were built by: the plugin as it was, and its options; empty when that is
 *     not known, and for the engine's own
 * @param configured whether they are what would be built now
 * @param indexes how many there are
 * @param rows rows of their segments, each counted for each of them
 * @param bytes what they take on the storage
 */
public record IndexCount(
    String kind,
    String encoding,
    Optional<String> recipe,
    boolean configured,
    int indexes,
    long rows,
    long bytes) {}
