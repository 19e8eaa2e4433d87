package io.elacsym.server.helidon.wire;

/** Answers one request. */
@FunctionalInterface
interface RequestHandler {
  /** Answers the exchange into {@code out}; what it throws ends the connection. */
  void answer(Exchange exchange, Outgoing out) throws Exception;
}
