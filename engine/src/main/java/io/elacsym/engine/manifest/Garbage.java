package io.elacsym.engine.manifest;

import java.time.Instant;

/**
 * An object that no segment list names any more.
 *
 * @param name its object name, see {@link ObjectNames}; for the WAL, the highest entry that is
 *     dead, which stands for all below it
 * @param droppedAt since when
 * @param version the first version of the manifest that does not use it
 */
public record Garbage(String name, Instant droppedAt, long version) {}
