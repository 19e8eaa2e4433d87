package io.elacsym.server.helidon;

import io.elacsym.cluster.member.MemberView;
import io.elacsym.cluster.member.NodeReport;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespaceUse;
import io.elacsym.server.helidon.json.ClusterJson;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What nodes tell of themselves and of each other. */
final class ClusterEndpoints {
  private static final System.Logger LOG = System.getLogger(ClusterEndpoints.class.getName());
  private static final String NAMESPACES = "namespaces";
  private static final int MAX_NAMESPACES = 10_000;
  private static final int DEFAULT_NAMESPACES = 100;

  private final Engine engine;
  private final Optional<Standing> standing;

  ClusterEndpoints(Engine engine, Optional<Standing> standing) {
    this.engine = engine;
    this.standing = standing;
  }

  /** This node, for others. */
  Work report(Call call, Standing here) {
    call.allowQuery(List.of(NAMESPACES));
    int most = call.query(NAMESPACES, 0, MAX_NAMESPACES, 0);
    NodeReport report = here.report();
    List<NamespaceUse> uses = most == 0 ? List.of() : engine.uses().stream().limit(most).toList();
    return new Work.Done(Reply.ok(out -> ClusterJson.writeReport(report, uses, out)));
  }

  /** All nodes, and who does what with which namespace, for people. */
  Work describe(Call call) {
    call.allowQuery(List.of(NAMESPACES));
    int most = call.query(NAMESPACES, 0, MAX_NAMESPACES, DEFAULT_NAMESPACES);
    if (standing.isEmpty()) {
      return new Work.Done(
          Reply.ok(out -> {
            out.writeStartObject();
            out.writeBooleanField("enabled", false);
            out.writeEndObject();
          }));
    }
    return new Work.Reading(() -> described(standing.get(), most));
  }

  private Reply described(Standing here, int most) {
    NodeReport self = here.report();
    List<MemberView> others = here.node().membership().others();
    Map<String, List<NamespaceUse>> uses = new TreeMap<>();
    uses.put(self.id(), engine.uses());
    uses.putAll(usesOf(others, here.courier(), most));
    return Reply.ok(out -> ClusterJson.writeCluster(self, others, uses, most, out));
  }

  private static Map<String, List<NamespaceUse>> usesOf(
      List<MemberView> nodes, Courier courier, int most) {
    Map<String, List<NamespaceUse>> uses = new TreeMap<>();
    if (most == 0) {
      return uses;
    }
    record Asked(MemberView node, Future<List<NamespaceUse>> answer) {}
    List<Asked> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (MemberView node : nodes) {
        if (node.report().isPresent() && node.failure().isEmpty()) {
          asked.add(
              new Asked(
                  node,
                  threads.submit(() ->
                      ClusterJson.readUses(
                          courier.get(
                              node.member().url(),
                              Courier.REPORT + "?" + NAMESPACES + "=" + MAX_NAMESPACES)))));
        }
      }
    }
    for (Asked one : asked) {
      try {
        uses.put(one.node().member().id(), one.answer().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof IOException)) {
          throw new IllegalStateException("a node could not be asked", e);
        }
        LOG.log(Level.DEBUG, "node {0} did not tell its namespaces", one.node().member().id());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return uses;
  }
}
