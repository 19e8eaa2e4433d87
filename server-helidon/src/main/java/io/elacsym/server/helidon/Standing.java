package io.elacsym.server.helidon;

import io.elacsym.cluster.ClusterNode;
import io.elacsym.cluster.member.NodeReport;

/**
 * This server as one of several.
 *
 * @param courier goes to the others
 * @param inFlight of this server
 */
record Standing(ClusterNode node, Courier courier, InFlight inFlight) {
  /** What this node says when it is asked how it is. */
  NodeReport report() {
    return node.report(HttpServer.version(), inFlight.count());
  }
}
