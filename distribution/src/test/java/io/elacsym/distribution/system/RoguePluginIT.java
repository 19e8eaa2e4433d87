package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.distribution.it.ServerProcess.Answer;
import io.elacsym.distribution.plugins.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a vector index that ends the process, never comes back, or throws an error: the
 * first component of a query's vector says which.
 */
class RoguePluginIT {
  private static final Map<String, String> SOURCES =
      Map.of(
          "module-info.java",
          """
          module rogue {
            requires io.elacsym.api;
            provides io.elacsym.api.index.VectorIndexProvider with rogue.Rogue;
          }
          """,
          "rogue/Rogue.java",
          """
          package rogue;

          import io.elacsym.api.*;
          import io.elacsym.api.blob.BlobSink;
          import io.elacsym.api.index.*;
          import java.util.*;

          public final class Rogue implements VectorIndexProvider {
            @Override public String name() { return "rogue"; }
            @Override public int spiLevel() { return SpiLevel.CURRENT; }
            @Override public String description() { return "Misbehaves"; }
            @Override public Encoding encoding() { return Encoding.of("rogue", 1); }

            @Override
            public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
              while (java.nio.file.Files.exists(java.nio.file.Path.of("block"))) {
                Thread.onSpinWait();
              }
              return new VectorIndexBuild() {
                @Override public Optional<int[]> rowOrder() { return Optional.empty(); }
                @Override public Encoding encoding() { return Encoding.of("rogue", 1); }
                @Override public void write(BlobSink sink) {
                  sink.write(new byte[] {1});
                }
              };
            }

            @Override
            public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
              return new VectorIndexReader() {
                @Override public VectorIndexCapabilities capabilities() {
                  return new VectorIndexCapabilities(true, true);
                }
                @Override public VectorHits search(VectorQuery query) {
                  switch ((int) query.vector()[0]) {
                    case 1: System.exit(3);
                    case 2: while (true) Thread.onSpinWait();
                    default: throw new AssertionError("a bug");
                  }
                }
                @Override public int count() { return index.segmentRows(); }
                @Override public void close() {}
              };
            }
          }
          """);

  @TempDir Path temp;
  private Path plugins;

  @BeforeEach
  void install() {
    plugins = temp.resolve("plugins");
    new PluginJars(temp.resolve("work")).jar(plugins.resolve("rogue"), "rogue.jar", SOURCES);
  }

  private ServerProcess serve() throws IOException {
    return ServerProcess.start(
        temp,
        Map.of(
            "ELACSYM_STORAGE_PATH",
            temp.resolve("data").toString(),
            "ELACSYM_PORT",
            "0",
            "ELACSYM_PLUGINS",
            plugins.toString(),
            "ELACSYM_INDEX_VECTOR",
            "rogue",
            "ELACSYM_JAVA_OPTS",
            "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"));
  }

  private static void fill(ServerProcess server) {
    server.call("PUT", "/v1/namespaces/docs", "{\"vector_dim\":2,\"vector_metric\":\"l2\"}");
    server.call(
        "POST", "/v1/namespaces/docs/upsert", "{\"documents\":[{\"id\":1,\"vector\":[0,1]}]}");
  }

  private static Answer query(ServerProcess server, int which) throws IOException {
    return server.send(
        "POST",
        "/v1/namespaces/docs/query?timeout=2s",
        "{\"vector\":[" + which + ",0],\"top_k\":1}");
  }

  @Test
  void anExitOfAPluginIsNoStopOfTheServer() throws Exception {
    try (ServerProcess server = serve()) {
      fill(server);
      server.call("POST", "/v1/namespaces/docs/compact", "{}");
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  query(server, 1);
                } catch (IOException e) {
                  // The process is about to end, and need not answer.
                }
              });
      assertThat(server.awaitEnd()).isEqualTo(3);
      asking.join();
      assertThat(server.log()).anyMatch(line -> line.contains("has called System.exit"));
    }
  }

  @Test
  void anErrorOfAPluginIsToldWithANumberAndTheNameOfThePlugin() throws IOException {
    try (ServerProcess server = serve()) {
      fill(server);
      server.call("POST", "/v1/namespaces/docs/compact", "{}");
      Answer answer = query(server, 3);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().path("error").path("message").asText())
          .matches("vector index plugin 'rogue' failed in search \\(error [0-9a-f]{8};.*");
      assertThat(server.log())
          .anyMatch(line -> line.contains("vector index plugin 'rogue' failed in search"));
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void searchesThatNeverComeBackStopNeitherHealthNorTheStop() throws Exception {
    try (ServerProcess server = serve()) {
      fill(server);
      server.call("POST", "/v1/namespaces/docs/compact", "{}");
      List<String> told = Collections.synchronizedList(new ArrayList<>());
      List<Thread> asking = new ArrayList<>();
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        asking.add(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    told.add(query(server, 2).body());
                  } catch (IOException e) {
                    told.add(e.toString());
                  }
                }));
      }
      for (Thread thread : asking) {
        thread.join();
      }
      assertThat(told)
          .allSatisfy(message ->
              assertThat(message)
                  .contains("vector index plugin 'rogue' has not come back from search"));
      assertThat(server.send("GET", "/health", "").status()).isEqualTo(200);
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void aBuildThatNeverComesBackStopsNeitherDeletingNorTheStop() throws IOException {
    Path block = Files.createFile(temp.resolve("block"));
    try (ServerProcess server = serve()) {
      fill(server);
      Answer merge = server.send("POST", "/v1/namespaces/docs/compact?timeout=1s", "{}");
      assertThat(merge.status()).isEqualTo(504);
      assertThat(merge.body()).contains("vector index plugin 'rogue' has not come back from build");
      assertThat(server.send("DELETE", "/v1/namespaces/docs", "").status()).isEqualTo(200);
      assertThat(server.send("GET", "/v1/namespaces/docs", "").status()).isEqualTo(404);
      assertThat(server.stop()).isZero();
    } finally {
      Files.delete(block);
    }
  }
}
