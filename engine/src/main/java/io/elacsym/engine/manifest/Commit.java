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
 * @param farewell whether its writer has stopped with it, with everything flushed: so nothing is in
 *     the WAL alone until somebody takes over, which is a commit
 */
public record Commit(
    long version, String id, Instant at, Optional<Long> restored, boolean farewell) {
  /** The commit after this one. */
  Commit next(String nextId, Instant now, Optional<Long> nextRestored) {
    return new Commit(version + 1, nextId, now.isBefore(at) ? at : now, nextRestored, false);
  }

  /** The same commit, by a writer that stops with it. */
  Commit last() {
    return new Commit(version, id, at, restored, true);
  }
}
