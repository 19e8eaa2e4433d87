package io.elacsym.benchmarks.rivals.contenders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that has indexes of other languages. It gets one request a line on its standard input
 * and gives one answer a line on its standard output, both JSON objects; {@code ok} of an answer
 * tells whether {@code error} tells what is wrong. What it writes to its error stream is shown. For
 * one thread.
 *
 * <p>{@code hello} tells {@code versions} by package and the packages that are {@code missing}.
 * {@code load} takes the files of a set. {@code build} makes the index {@code name} of a {@code
 * library}; {@code accept} takes the items of a filter for the searches that follow; {@code search}
 * asks {@code queries} by their numbers, with {@code setting}; {@code throughput} likewise with
 * {@code clients} at once; {@code close} forgets an index.
 */
public final class Script implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Each of the libraries looks at another one of these. LANCE_IO_THREADS is not among them: with
   * one thread for reading, LanceDB 0.40.0 waits for itself while it builds.
   */
  private static final List<String> THREAD_VARIABLES =
      List.of(
          "OMP_NUM_THREADS",
          "OPENBLAS_NUM_THREADS",
          "MKL_NUM_THREADS",
          "RAYON_NUM_THREADS",
          "LANCE_CPU_THREADS",
          "TOKIO_WORKER_THREADS");

  private final Process process;
  private final Duration patience;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final Map<String, String> versions = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  private Script(Process process, Duration patience) {
    this.process = process;
    this.patience = patience;
    this.requests = process.outputWriter();
    this.answers = process.inputReader();
  }

  /**
   * Starts the process, which uses one thread, and asks what it has.
   *
   * @param command the program and its arguments
   * @param patience how long a request may take before the process is ended
   * @throws IOException when it does not start or does not answer
   */
  public static Script start(List<String> command, Duration patience) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    THREAD_VARIABLES.forEach(name -> builder.environment().put(name, "1"));
    // It tells of every cluster of a small set that it is small.
    builder.environment().put("LANCE_LOG", "error");
    Script script = new Script(builder.start(), patience);
    try {
      JsonNode hello = script.ask("hello", JSON.createObjectNode());
      hello
          .path("versions")
          .properties()
          .forEach(entry -> script.versions.put(entry.getKey(), entry.getValue().asText()));
      hello.path("missing").forEach(name -> script.missing.add(name.asText()));
      return script;
    } catch (IOException | RuntimeException e) {
      script.close();
      throw e;
    }
  }

  /** Of each package that is there, and of the language. */
  public Map<String, String> versions() {
    return Map.copyOf(versions);
  }

  /** Packages that are not installed. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /** Names the set that everything else is about. */
  public void load(VectorSet set, Path work) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.put("vectors", set.vectorsFile().toAbsolutePath().toString());
    request.put("count", set.count());
    request.put("queries", set.queriesFile().toAbsolutePath().toString());
    request.put("query_count", set.queries().size());
    request.put("dimension", set.dimension());
    request.put("metric", set.metric().id());
    request.put("work", work.toAbsolutePath().toString());
    ask("load", request);
  }

  /**
   * Stores the set as a table of LanceDB with an index, in a bucket.
   *
   * @param storage settings of an engine for the bucket
   * @param uri of a folder in it
   */
  public void storeLance(Map<String, String> storage, String uri) throws IOException {
    ask("store_lance", lance(storage, uri));
  }

  /**
   * A first answer.
   *
   * @param seconds from the call that connects to the answer
   * @param items found
   */
  public record First(double seconds, int[] items) {}

  /** Connects to what {@link #storeLance} has stored, and asks a query of the set. */
  public First askLance(Map<String, String> storage, String uri, int query, int probes, int refine)
      throws IOException {
    ObjectNode request = lance(storage, uri);
    request.put("query", query).put("nprobes", probes).put("refine_factor", refine);
    JsonNode answer = ask("ask_lance", request);
    int[] items = answer.path("items").valueStream().mapToInt(JsonNode::asInt).toArray();
    return new First(answer.path("seconds").asDouble(), items);
  }

  private static ObjectNode lance(Map<String, String> storage, String uri) {
    ObjectNode request = JSON.createObjectNode().put("uri", uri);
    request
        .putObject("storage")
        .put("endpoint", storage.get("storage.s3.endpoint"))
        .put("region", storage.get("storage.s3.region"))
        .put("access_key_id", storage.get("storage.s3.access_key_id"))
        .put("secret_access_key", storage.get("storage.s3.secret_access_key"))
        .put("allow_http", "true");
    return request;
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws Refused when the answer is that it cannot be done
   * @throws IOException when there is no answer
   */
  JsonNode ask(String operation, ObjectNode request) throws IOException {
    try {
      requests.write(request.put("op", operation).toString());
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw new IOException("the script has ended", e);
    }
    JsonNode answer = JSON.readTree(answer(operation));
    if (!answer.path("ok").asBoolean()) {
      throw new Refused(answer.path("error").asText("no reason given"));
    }
    return answer;
  }

  private String answer(String operation) throws IOException {
    FutureTask<Optional<String>> line =
        new FutureTask<>(() -> Optional.ofNullable(answers.readLine()));
    Thread.ofVirtual().start(line);
    try {
      return line.get(patience.toMillis(), TimeUnit.MILLISECONDS)
          .orElseThrow(
              () -> new IOException("the script ended while it was asked to " + operation));
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new IOException(
          "the script was ended, because it was asked to "
              + operation
              + " and did not answer for "
              + patience.toMinutes()
              + " minutes (--patience)",
          e);
    } catch (ExecutionException e) {
      throw new IOException("the script does not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the script was asked to " + operation, e);
    }
  }

  /** The script is well and has said no. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended by itself, which the request before has told.
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    answers.close();
  }
}
