package io.elacsym.engine.manifest;

import java.time.Instant;

/**
 * An object that no segment list names any more.
 *
 * @param name its object name below the namespace; for the WAL, the highest entry that is dead,
 *     which stands for all below it
 * @param droppedAt since when
 */
public record Garbage(String name, Instant droppedAt) {}
