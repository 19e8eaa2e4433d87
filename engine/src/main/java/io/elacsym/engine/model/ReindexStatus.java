package io.elacsym.engine.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a reindex has come, in the process that was asked for it.
 *
 * @param state whether it goes on, and else how it has ended
 * @param recipes what it builds: plugin, version and options, one for each kind of index
 * @param force whether it builds anew also what is as it would be built now
 * @param segmentsDone segments of which every index is now as wanted, or that were merged meanwhile
 * @param segments segments that had or have something to be built; may grow while others are
 *     written
 * @param rowsDone rows of those that are done, deleted ones included
 * @param rows rows of all of them
 * @param startedAt when it began
 * @param endedAt when it ended; empty while it goes on
 * @param lastError the last thing that went wrong, even if another try was better
 */
public record ReindexStatus(
    State state,
    List<String> recipes,
    boolean force,
    int segmentsDone,
    int segments,
    long rowsDone,
    long rows,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> lastError) {
  public ReindexStatus {
    recipes = List.copyOf(recipes);
  }

  /** Whether a reindex goes on, and else how it has ended. */
  public enum State {
    RUNNING("running"),
    /** It was told to end, and does so where it next looks. */
    CANCELLING("cancelling"),
    CANCELLED("cancelled"),
    DONE("done"),
    /** Something could not be built, in several tries. */
    FAILED("failed");

    private final String id;

    State(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /** Whether it has not ended yet. */
  public boolean isGoingOn() {
    return endedAt.isEmpty();
  }
}
