package io.elacsym.server.helidon.wire;

import java.util.Locale;

/** Why a connection did not end as both sides wished; counted, and logged at debug only. */
public enum Fault {
  /** What came is no HTTP, or HTTP that can be read in two ways. */
  MALFORMED,
  /** The client left before its request was complete or its answer was sent. */
  LEFT,
  /** A head took too long. */
  SLOW_HEAD,
  /** A body took too long. */
  SLOW_BODY,
  /** The client did not take its answer. */
  SLOW_READER,
  /** It waited for a request, and its place was needed. */
  EVICTED,
  /** It was refused because there were too many. */
  FULL,
  /** The system could not accept a connection, for want of file handles say. */
  ACCEPT;

  /** The name that metrics use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
