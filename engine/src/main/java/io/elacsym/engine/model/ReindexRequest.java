package io.elacsym.engine.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * A wish to build the indexes of stored segments anew.
 *
 * @param kind of which fields; empty for all, or for those that the named index is of
 * @param index name of an installed index; empty for those that the configuration names
 * @param force whether to build anew also what is as it would be built now
 * @param awaited whether the call returns when all is done, and fails when not all could be done
 */
public record ReindexRequest(
    Optional<Kind> kind, Optional<String> index, boolean force, boolean awaited) {

  /** What an index is of. */
  public enum Kind {
    VECTOR("vector"),
    TEXT("text");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }

    public static Optional<Kind> byId(String id) {
      return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }
  }
}
