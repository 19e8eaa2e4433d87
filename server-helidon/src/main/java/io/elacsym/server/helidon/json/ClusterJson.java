package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.cluster.member.MemberView;
import io.elacsym.cluster.member.NodeReport;
import io.elacsym.cluster.settings.Role;
import io.elacsym.engine.model.NamespaceUse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What nodes say of themselves, and what is told of all of them. */
public final class ClusterJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ClusterJson() {}

  /**
   * Writes what a node says of itself.
   *
   * @param uses some of the namespaces that it has open
   */
  public static void writeReport(NodeReport report, List<NamespaceUse> uses, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("node_id", report.id());
    out.writeStringField("run", report.run());
    out.writeStringField("role", report.role().id());
    out.writeStringField("version", report.version());
    out.writeStringField("started_at", report.startedAt().toString());
    out.writeStringField("now", report.now().toString());
    out.writeBooleanField("leaving", report.leaving());
    out.writeNumberField("in_flight", report.inFlight());
    out.writeNumberField("writing", report.writing());
    out.writeStringField("storage", report.storage());
    out.writeArrayFieldStart("namespaces");
    for (NamespaceUse use : uses) {
      out.writeStartObject();
      out.writeStringField("namespace", use.name());
      out.writeBooleanField("writing", use.writing());
      out.writeNumberField("sequence", use.sequence());
      out.writeNumberField("unflushed_bytes", use.unflushedBytes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /**
   * Reads what another node says of itself.
   *
   * @throws IOException when it is nothing that a node says
   */
  public static NodeReport readReport(byte[] body) throws IOException {
    JsonNode root = MAPPER.readTree(body);
    try {
      return new NodeReport(
          text(root, "node_id"),
          text(root, "run"),
          Role.byId(text(root, "role")).orElseThrow(() -> notOfNode("role")),
          text(root, "version"),
          Instant.parse(text(root, "started_at")),
          Instant.parse(text(root, "now")),
          root.path("leaving").asBoolean(),
          root.path("in_flight").asInt(),
          root.path("writing").asInt(),
          root.path("storage").asText());
    } catch (DateTimeException e) {
      throw new IOException("its answer is not that of a node: " + e.getMessage(), e);
    }
  }

  /** Reads which namespaces another node has open. */
  public static List<NamespaceUse> readUses(byte[] body) throws IOException {
    List<NamespaceUse> uses = new ArrayList<>();
    for (JsonNode use : MAPPER.readTree(body).path("namespaces")) {
      uses.add(
          new NamespaceUse(
              use.path("namespace").asText(),
              use.path("writing").asBoolean(),
              use.path("sequence").asLong(),
              use.path("unflushed_bytes").asLong()));
    }
    return uses;
  }

  private static String text(JsonNode root, String key) throws IOException {
    if (!root.path(key).isTextual()) {
      throw notOfNode(key);
    }
    return root.path(key).textValue();
  }

  private static IOException notOfNode(String key) {
    return new IOException("its answer is not that of a node: it has no " + key);
  }

  /**
   * Writes what is known of a whole cluster.
   *
   * @param self the node that tells it
   * @param uses the namespaces that each node has open, by its name
   * @param most how many namespaces are told of
   */
  public static void writeCluster(
      NodeReport self,
      List<MemberView> others,
      Map<String, List<NamespaceUse>> uses,
      int most,
      JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeBooleanField("enabled", true);
    out.writeStringField("node_id", self.id());
    out.writeStringField("storage", self.storage());
    out.writeArrayFieldStart("nodes");
    out.writeStartObject();
    out.writeStringField("node_id", self.id());
    out.writeStringField("role", self.role().id());
    out.writeStringField("state", self.leaving() ? "leaving" : "live");
    out.writeStringField("since", self.startedAt().toString());
    writeFigures(self, out);
    out.writeEndObject();
    for (MemberView other : others) {
      write(other, out);
    }
    out.writeEndArray();
    writeNamespaces(uses, most, out);
    out.writeEndObject();
  }

  private static void write(MemberView node, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("node_id", node.member().id());
    out.writeStringField("role", node.member().role().id());
    out.writeStringField("url", node.member().url().toString());
    out.writeStringField("state", node.state().id());
    out.writeStringField("since", node.since().toString());
    if (node.failure().isPresent()) {
      out.writeStringField("failure", node.failure().get());
    }
    if (node.report().isPresent()) {
      writeFigures(node.report().get(), out);
    }
    out.writeEndObject();
  }

  private static void writeFigures(NodeReport report, JsonGenerator out) throws IOException {
    out.writeStringField("version", report.version());
    out.writeStringField("started_at", report.startedAt().toString());
    out.writeNumberField("in_flight", report.inFlight());
    out.writeNumberField("writing", report.writing());
  }

  private record Used(String node, NamespaceUse use) {}

  private static void writeNamespaces(
      Map<String, List<NamespaceUse>> uses, int most, JsonGenerator out) throws IOException {
    Map<String, List<Used>> byNamespace = new TreeMap<>();
    uses.forEach((node, all) ->
        all.forEach(use ->
            byNamespace
                .computeIfAbsent(use.name(), name -> new ArrayList<>())
                .add(new Used(node, use))));
    out.writeArrayFieldStart("namespaces");
    int written = 0;
    for (Map.Entry<String, List<Used>> entry : byNamespace.entrySet()) {
      if (written++ == most) {
        break;
      }
      write(entry.getKey(), entry.getValue(), out);
    }
    out.writeEndArray();
    out.writeBooleanField("more_namespaces", byNamespace.size() > most);
  }

  private static void write(String namespace, List<Used> used, JsonGenerator out)
      throws IOException {
    Optional<Used> writer = used.stream().filter(one -> one.use().writing()).findFirst();
    long newest = used.stream().mapToLong(one -> one.use().sequence()).max().orElse(0);
    out.writeStartObject();
    out.writeStringField("namespace", namespace);
    out.writeStringField("writer", writer.map(Used::node).orElse(null));
    out.writeNumberField("sequence", newest);
    out.writeArrayFieldStart("open_on");
    for (Used one : used) {
      out.writeStartObject();
      out.writeStringField("node_id", one.node());
      out.writeNumberField("behind", newest - one.use().sequence());
      out.writeNumberField("unflushed_bytes", one.use().unflushedBytes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
