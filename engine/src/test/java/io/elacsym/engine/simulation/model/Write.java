package io.elacsym.engine.simulation.model;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A write that some client has sent. Its first operation deletes a document that never existed and
 * has the write's own number as its id: by that the model knows the write when it sees it in the
 * WAL.
 */
public final class Write {
  /** Ids from here on stand for writes. */
  private static final long MARKERS = 1_000_000;

  private final long number;
  private final String namespace;
  private final Instant sent;
  private final List<WriteOp> operations;
  private Optional<Landing> landing = Optional.empty();
  private End end = End.OPEN;

  /** What its client was told. */
  enum End {
    OPEN,
    ACKNOWLEDGED,
    IN_DOUBT,
    REFUSED
  }

  /**
   * Where it stands in the WAL, and what it did.
   *
   * @param sequence of the entry
   * @param moment of the life from which on it shows
   */
  record Landing(Life life, long sequence, int moment, Contents.Effect effect) {}

  Write(long number, String namespace, Instant sent, List<WriteOp> operations) {
    this.number = number;
    this.namespace = namespace;
    this.sent = sent;
    this.operations = new ArrayList<>();
    this.operations.add(new WriteOp.Delete(DocId.of(MARKERS + number)));
    this.operations.addAll(operations);
  }

  /** The number of the write that an id stands for. */
  static Optional<Long> numberOf(DocId id) {
    return id instanceof DocId.Uint uint && uint.value() >= MARKERS
        ? Optional.of(uint.value() - MARKERS)
        : Optional.empty();
  }

  public WriteRequest request() {
    return new WriteRequest(operations);
  }

  String namespace() {
    return namespace;
  }

  Instant sent() {
    return sent;
  }

  List<WriteOp> operations() {
    return operations;
  }

  Optional<Landing> landing() {
    return landing;
  }

  void land(Landing where) {
    landing = Optional.of(where);
  }

  End end() {
    return end;
  }

  void end(End told) {
    end = told;
  }

  @Override
  public String toString() {
    return "write " + number + " to " + namespace + " (" + end + ")";
  }
}
