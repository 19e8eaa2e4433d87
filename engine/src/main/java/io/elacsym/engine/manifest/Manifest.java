package io.elacsym.engine.manifest;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of a namespace.
 *
 * @param incarnation unique to one life of the namespace, from its creation to its deletion
 * @param state whether it lives
 * @param createdAt when it was created
 * @param version counts commits, from 1
 * @param commitId unique to the attempt that wrote it, so that a writer whose put ended in doubt
 *     can recognise its own
 * @param epoch counts writers that took over, from 0
 * @param walFloor entries of the WAL below it are in segments, or dead
 * @param schema fields of the documents
 * @param idKind what ids are; empty until the first flush
 * @param segments stored rows; of two rows with one id at most one is alive
 * @param garbage objects no longer used, to be deleted after a grace
 */
public record Manifest(
    String incarnation,
    State state,
    Instant createdAt,
    long version,
    String commitId,
    long epoch,
    long walFloor,
    Schema schema,
    Optional<DocId.Kind> idKind,
    List<SegmentEntry> segments,
    List<Garbage> garbage) {

  /** Whether a namespace lives. */
  public enum State {
    ACTIVE("active"),
    /** Dropped; the manifest stays so that an old writer learns of it. */
    DROPPED("dropped");

    private final String id;

    State(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  public Manifest {
    segments = List.copyOf(segments);
    garbage = List.copyOf(garbage);
  }

  /** The next version of this manifest with another epoch. */
  public Manifest withEpoch(long newEpoch) {
    return new Manifest(
        incarnation,
        state,
        createdAt,
        version,
        commitId,
        newEpoch,
        walFloor,
        schema,
        idKind,
        segments,
        garbage);
  }

  public Manifest withSchema(Schema newSchema) {
    return new Manifest(
        incarnation,
        state,
        createdAt,
        version,
        commitId,
        epoch,
        walFloor,
        newSchema,
        idKind,
        segments,
        garbage);
  }

  public Manifest withGarbage(List<Garbage> newGarbage) {
    return new Manifest(
        incarnation,
        state,
        createdAt,
        version,
        commitId,
        epoch,
        walFloor,
        schema,
        idKind,
        segments,
        newGarbage);
  }

  public Manifest withSegments(List<SegmentEntry> newSegments, List<Garbage> newGarbage) {
    return new Manifest(
        incarnation,
        state,
        createdAt,
        version,
        commitId,
        epoch,
        walFloor,
        schema,
        idKind,
        newSegments,
        newGarbage);
  }

  public Manifest withFlushed(
      long newFloor,
      Optional<DocId.Kind> newIdKind,
      List<SegmentEntry> newSegments,
      List<Garbage> newGarbage) {
    return new Manifest(
        incarnation,
        state,
        createdAt,
        version,
        commitId,
        epoch,
        newFloor,
        schema,
        newIdKind,
        newSegments,
        newGarbage);
  }

  public Manifest asDropped(long newFloor) {
    return new Manifest(
        incarnation,
        State.DROPPED,
        createdAt,
        version,
        commitId,
        epoch,
        newFloor,
        schema,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** Stamps a changed manifest as the successor of {@code before}. */
  public Manifest committed(Manifest before, String newCommitId) {
    return new Manifest(
        incarnation,
        state,
        createdAt,
        before.version + 1,
        newCommitId,
        epoch,
        walFloor,
        schema,
        idKind,
        segments,
        garbage);
  }
}
