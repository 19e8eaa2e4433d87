package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the nodes of a cluster, and which of them does what. */
@Command(
    name = "cluster",
    description = "Show the nodes of a cluster, and who writes which namespace.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym cluster",
      "  elacsym cluster --server http://indexer-0:3000 --namespaces 1000",
      "",
      "Ends with 1 when a node does not answer the one that was asked. States: live; unseen, not"
          + " asked yet; leaving, about to stop; suspect, does not answer and gets no requests."
    })
final class ClusterCommand implements Callable<Integer> {
  private final Screen screen;

  @Option(
      names = "--namespaces",
      paramLabel = "N",
      defaultValue = "100",
      description = "Show at most so many namespaces (default: ${DEFAULT-VALUE}).")
  private int most = 100;

  @Mixin private ClientOptions server = new ClientOptions();

  ClusterCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    JsonNode cluster;
    try (ElacsymClient client = server.client(Duration.ofSeconds(2))) {
      cluster = client.get("/v1/cluster?namespaces=" + most);
    }
    if (!cluster.path("enabled").asBoolean()) {
      screen.line(
          "This server works alone: distributed.enabled is false. docs/cluster.md tells how several"
              + " work together.");
      return ExitCode.OK;
    }
    nodes(cluster);
    screen.line("");
    namespaces(cluster);
    boolean whole = true;
    for (JsonNode node : cluster.path("nodes")) {
      if (node.path("state").asText().equals("suspect")) {
        whole = false;
        screen.note(
            "node "
                + node.path("node_id").asText()
                + " at "
                + node.path("url").asText()
                + " does not answer: "
                + node.path("failure").asText());
      }
    }
    return whole ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void nodes(JsonNode cluster) {
    Table table =
        new Table("node", "role", "state", "for", "in flight", "writes", "version", "url");
    for (JsonNode node : cluster.path("nodes")) {
      table.row(
          node.path("node_id").asText(),
          node.path("role").asText(),
          node.path("state").asText(),
          age(node.path("since").asText()),
          node.path("in_flight").asText(""),
          node.path("writing").asText(""),
          node.path("version").asText(""),
          node.path("url").asText("(asked)"));
    }
    table.print(screen);
  }

  private static String age(String since) {
    return Figures.seconds(Duration.between(Instant.parse(since), Instant.now()));
  }

  private void namespaces(JsonNode cluster) {
    Table table = new Table("namespace", "writer", "sequence", "open on", "behind", "unflushed");
    for (JsonNode namespace : cluster.path("namespaces")) {
      List<String> nodes = new ArrayList<>();
      long behind = 0;
      long unflushed = 0;
      for (JsonNode use : namespace.path("open_on")) {
        nodes.add(use.path("node_id").asText());
        behind = Math.max(behind, use.path("behind").asLong());
        unflushed = Math.max(unflushed, use.path("unflushed_bytes").asLong());
      }
      table.row(
          namespace.path("namespace").asText(),
          namespace.path("writer").asText("nobody"),
          namespace.path("sequence").asText(),
          String.join(", ", nodes),
          Figures.count(behind),
          Figures.bytes(unflushed));
    }
    if (table.isEmpty()) {
      screen.line("No node has a namespace open.");
    } else {
      table.print(screen);
    }
    if (cluster.path("more_namespaces").asBoolean()) {
      screen.line("There are more; --namespaces N shows more of them.");
    }
  }
}
