package io.elacsym.cluster.member;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
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
   * Has a node answer a question about a segment, as its engine does. Waits for the answer; an
   * interrupt gives it up, and tells the node.
   *
   * @param atMost how long the answer is of use
   * @throws IOException when the node does not answer; a {@link java.net.ConnectException} when it
   *     cannot be reached at all
   */
  byte[] search(URI url, String namespace, byte[] question, Duration atMost)
      throws IOException, InterruptedException;

  /**
   * The addresses of a host.
   *
   * @throws IOException when they cannot be had now
   */
  List<String> resolve(String host) throws IOException;
}
