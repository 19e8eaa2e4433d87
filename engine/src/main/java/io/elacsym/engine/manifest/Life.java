package io.elacsym.engine.manifest;

import java.time.Instant;
import java.util.Optional;

/**
 * One life of a namespace, from its creation to its deletion.
 *
 * @param incarnation unique to it
 * @param stage where it stands
 * @param createdAt when it began
 * @param origin what it was copied from; empty when it was created with nothing in it
 */
public record Life(String incarnation, Stage stage, Instant createdAt, Optional<Origin> origin) {

  /** Where a life stands. */
  public enum Stage {
    /** A branch whose source has not promised to keep the objects yet: nobody can open it. */
    PREPARING("preparing"),
    ACTIVE("active"),
    /** Dropped; the manifest stays for a grace, so that an old writer learns of it. */
    DROPPED("dropped"),
    /**
     * The manifest itself is about to be deleted: no process changes it until the time for that is
     * over.
     */
    PURGING("purging");

    private final String id;

    Stage(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /**
   * A version of a namespace.
   *
   * @param namespace its name, where it was copied
   * @param version the version of its manifest; 0 as long as it is being copied
   * @param copyOf which life of it was copied; empty for a branch, which shares its objects
   */
  public record Origin(String namespace, long version, Optional<String> copyOf) {}

  public Life as(Stage newStage) {
    return new Life(incarnation, newStage, createdAt, origin);
  }
}
