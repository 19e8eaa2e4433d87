package io.elacsym.engine.manifest;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the commit that made a version of a manifest.
 *
 * @param version counts commits, from 1
 * @param id unique to the attempt that wrote it, so that a writer whose put ended in doubt can
 *     recognise its own
 * @param at by the writer's clock, but never before the commit before; for people
 * @param restored the version whose content this commit brought back; empty for all other commits
 */
public record Commit(long version, String id, Instant at, Optional<Long> restored) {
  /** The commit after this one. */
  Commit next(String nextId, Instant now, Optional<Long> nextRestored) {
    return new Commit(version + 1, nextId, now.isBefore(at) ? at : now, nextRestored);
  }
}
