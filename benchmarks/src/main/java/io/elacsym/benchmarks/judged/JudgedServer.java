package io.elacsym.benchmarks.judged;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.server.Client;
import io.elacsym.benchmarks.server.Installation;
import io.elacsym.benchmarks.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A server that flushes only when it is told to, and merges nothing that was flushed: so each
 * namespace stays in the state that is wanted.
 */
final class JudgedServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CONFIGURATION =
      """
      [write]
      flush_age = "1h"
      [compaction]
      enabled = false
      max_total_docs = 1000
      """;

  private final Server server;

  private JudgedServer(Server server) {
    this.server = server;
  }

  static JudgedServer start(Installation installation, Path folder)
      throws IOException, InterruptedException {
    Path configuration = Files.writeString(folder.resolve("config.toml"), CONFIGURATION);
    return new JudgedServer(
        Server.start(
            installation,
            folder.resolve("server"),
            "ivf",
            Map.of("ELACSYM_CONFIG", configuration.toAbsolutePath().toString())));
  }

  /** A namespace of texts. */
  JudgedNamespace create(String name) {
    return create(name, JSON.createObjectNode());
  }

  /** A namespace of texts with a vector each. */
  JudgedNamespace createWithVectors(String name, int dimension) {
    return create(
        name, JSON.createObjectNode().put("vector_dim", dimension).put("vector_metric", "cosine"));
  }

  private JudgedNamespace create(String name, ObjectNode schema) {
    schema
        .putObject("attributes")
        .putObject(JudgedNamespace.TEXT)
        .put("type", "string")
        .put("full_text", true);
    Client client = new Client(server.url(), name);
    client.call("PUT", "", JudgedNamespace.bytes(schema));
    return new JudgedNamespace(client);
  }

  @Override
  public void close() {
    server.close();
  }
}
