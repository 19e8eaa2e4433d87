package io.elacsym.engine.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a namespace that can be restored, or branched from.
 *
 * @param version counts commits of the manifest
 * @param committedAt by the clock of the writer
 * @param segments how many
 * @param documents in them; writes that were not flushed by then are not part of a version
 * @param restored the version this one brought back; empty when it did not
 */
public record NamespaceVersion(
    long version, Instant committedAt, int segments, long documents, Optional<Long> restored) {}
