package io.elacsym.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.data.DataFiles;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.server.Client;
import io.elacsym.benchmarks.server.Installation;
import io.elacsym.benchmarks.server.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Brings the documents into a server and measures what it takes. */
final class Loading {
  private static final byte[] NOTHING = {};

  private final Installation installation;
  private final Server server;
  private final DataFiles files;
  private final Report report;

  Loading(Installation installation, Server server, DataFiles files, Report report) {
    this.installation = installation;
    this.server = server;
    this.files = files;
    this.report = report;
  }

  /** Loads {@code documents} with the real command, then compacts. Includes the command's start. */
  void byCommand(String namespace, Path documents, int count) throws Exception {
    List<String> arguments =
        List.of(
            "import",
            documents.toAbsolutePath().toString(),
            "-n",
            namespace,
            "--create",
            "--schema",
            files.schema().toAbsolutePath().toString(),
            "--no-resume",
            "--server",
            server.url().toString());
    ProcessBuilder command =
        installation
            .command(Map.of(), arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Duration cpu = server.cpuTime();
    long start = System.nanoTime();
    int code = command.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != 0) {
      throw new IOException("elacsym " + String.join(" ", arguments) + ": exit code " + code);
    }
    settle(namespace, "elacsym import", count, seconds, cpu);
  }

  /** Loads {@code documents} by upserts of 1,000 on some connections at a time. */
  void byUpserts(Client client, String namespace, Path documents, int count, int connections)
      throws Exception {
    client.call("PUT", "", Files.readAllBytes(files.schema()));
    Duration cpu = server.cpuTime();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections);
        BufferedReader lines = Files.newBufferedReader(documents)) {
      List<Future<byte[]>> answers = new ArrayList<>();
      for (int sent = 0; sent < count; sent += 1_000) {
        String body = batch(lines, Math.min(1_000, count - sent));
        // Bounded, so that the file is not read into memory ahead of the server.
        if (answers.size() >= 2 * connections) {
          answers.removeFirst().get();
        }
        answers.add(
            threads.submit(() ->
                client.send(
                    client.request("POST", "/upsert", body.getBytes(StandardCharsets.UTF_8)))));
      }
      for (Future<byte[]> answer : answers) {
        answer.get();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    settle(namespace, "POST /upsert, " + connections + " connections", count, seconds, cpu);
  }

  private static String batch(BufferedReader lines, int size) throws IOException {
    StringBuilder body = new StringBuilder("{\"documents\":[");
    for (int i = 0; i < size; i++) {
      body.append(i == 0 ? "" : ",").append(lines.readLine());
    }
    return body.append("]}").toString();
  }

  private void settle(String namespace, String how, int count, double seconds, Duration cpuBefore) {
    String load = Machine.load();
    try (Client client = new Client(server.url(), namespace)) {
      JsonNode atEnd = client.call("GET", "", NOTHING).path("stats");
      long start = System.nanoTime();
      client.call("POST", "/compact", NOTHING);
      double settled = (System.nanoTime() - start) / 1e9;
      JsonNode stats = client.call("GET", "", NOTHING).path("stats");
      double cpu = server.cpuTime().minus(cpuBefore).toMillis() / 1e3;
      if (stats.path("documents").asInt() != count) {
        throw new IllegalStateException(
            namespace + " has " + stats.path("documents") + " documents, expected " + count);
      }
      ObjectNode result = report.object("import", how);
      result.put("documents", count);
      result.put("seconds", seconds);
      result.put("documents_per_second", count / seconds);
      result.put("unflushed_rows_at_end", atEnd.path("live_rows").asLong());
      result.put("seconds_to_one_segment", settled);
      result.put("documents_per_second_to_one_segment", count / (seconds + settled));
      result.put("segments", stats.path("segments").asInt());
      result.put("server_cpu_seconds", cpu);
      result.put("load", load);
      report.print(
          new Grid("loading by " + how, "")
              .row("documents", String.format(Locale.ROOT, "%,d", count))
              .row("acknowledged after", seconds(seconds))
              .row("documents/s", String.format(Locale.ROOT, "%,.0f", count / seconds))
              .row("of them not yet flushed then", atEnd.path("live_rows").asText())
              .row("then flush + compact all", seconds(settled))
              .row("segments after", stats.path("segments").asText())
              .row(
                  "documents/s until one segment",
                  String.format(Locale.ROOT, "%,.0f", count / (seconds + settled)))
              .row("CPU time of the server", seconds(cpu))
              .row("load average", load)
              .toString());
    }
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** Tells what the namespace takes on disk and the server in memory. */
  void sizes(String namespace, String vectorIndex) throws IOException {
    ObjectNode result = report.object("sizes", vectorIndex);
    Grid grid = new Grid("on disk, one segment, " + vectorIndex, "MB");
    long sum = 0;
    for (Map.Entry<String, Long> part : server.newestSegmentBytes(namespace).entrySet()) {
      sum += part.getValue();
      result.put(part.getKey(), part.getValue());
      grid.row("  ." + part.getKey(), megabytes(part.getValue()));
    }
    result.put("live", sum);
    grid.row("the segment", megabytes(sum));
    long all = server.diskBytes(namespace);
    result.put("with_waiting_for_deletion", all);
    grid.row("with the WAL and merged segments, deleted after the grace", megabytes(all));
    report.print(grid.toString());
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
