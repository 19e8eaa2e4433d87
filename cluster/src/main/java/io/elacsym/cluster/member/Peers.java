package io.elacsym.cluster.member;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** How other nodes are reached; the seam for a simulated network. Safe for use by many threads. */
public interface Peers {
  /**
   * Asks a node how it is; waits a second or two at most.
   *
   * @throws IOException when it does not answer, or answers as no node does
   */
  NodeReport ask(URI url) throws IOException;

  /**
   * The addresses of a host.
   *
   * @throws IOException when they cannot be had now
   */
  List<String> resolve(String host) throws IOException;
}
