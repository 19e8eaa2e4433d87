package io.elacsym.engine.simulation.bucket;

/** What becomes of one request. */
enum Fate {
  /** It arrives, and so does its answer. */
  FINE,
  /** It fails before it is sent. */
  REFUSED,
  /** It arrives; the answer does not. */
  ANSWER_LOST,
  /** Neither it nor an answer arrives. */
  LOST,
  /** It arrives long after its sender has given up. */
  LATE,
  /** Only the first half of a batch arrives, and no answer. */
  HALVED,
  /** The answer comes damaged: what a checksum must notice. */
  DAMAGED
}
