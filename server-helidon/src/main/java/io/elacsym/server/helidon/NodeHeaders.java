package io.elacsym.server.helidon;

import java.util.Map;
import java.util.Optional;

/** The fields by which nodes of a cluster talk about a request. */
final class NodeHeaders {
  /** The node that has sent a request on: it is not sent on once more. */
  static final String FORWARDED = "X-Elacsym-Forwarded";

  /** There when the sender has found no better node. */
  static final String INSISTED = "X-Elacsym-Insisted";

  /** Of an answer: nothing was done, and the request can be sent to another node. */
  static final String NOT_DONE = "X-Elacsym-Not-Done";

  /** Of an answer: the node that should serve such requests. */
  static final String OWNER = "X-Elacsym-Owner";

  private NodeHeaders() {}

  /** What says that nothing was done. */
  static Map<String, String> notDone(Optional<String> owner) {
    return owner
        .map(node -> Map.of(NOT_DONE, "true", OWNER, node))
        .orElse(Map.of(NOT_DONE, "true"));
  }
}
