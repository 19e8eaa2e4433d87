package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Puts the dictionary into a namespace. */
final class Loader {

  private static final int DOCUMENTS_PER_REQUEST = 500;

  /** A few at a time keep the server busy; more would only queue there. */
  private static final int REQUESTS_IN_FLIGHT = 4;

  private static final int BYTES_PER_DOCUMENT = 6_000;

  private final ElacsymClient client;
  private final String namespace;
  private final Screen screen;

  Loader(ElacsymClient client, String namespace, Screen screen) {
    this.client = client;
    this.namespace = namespace;
    this.screen = screen;
  }

  /**
   * Makes sure the namespace exists with our schema.
   *
   * @return how many documents it holds
   * @throws Failure if it exists with a schema that does not fit
   */
  long prepare() throws InterruptedException {
    if (client.create(namespace, Schema.json())) {
      screen.line("Created namespace " + namespace + ".");
      return 0;
    }
    JsonNode found =
        client
            .describe(namespace)
            .orElseThrow(
                () -> new Failure("Namespace " + namespace + " was deleted just now: try again."));
    Schema.difference(found.path("schema"))
        .ifPresent(difference -> {
          throw new Failure(
              "Namespace "
                  + namespace
                  + " exists with another schema ("
                  + difference
                  + "). Choose another with --namespace, or remove it: curl -X DELETE "
                  + client.path(namespace, ""));
        });
    return found.path("stats").path("documents").asLong();
  }

  /**
   * Upserts the entries; loading the same again changes nothing.
   *
   * @throws Failure what the server said, once it refused a request for good
   */
  void load(List<Entry> entries, Function<Entry, float[]> vectors) throws InterruptedException {
    Semaphore inFlight = new Semaphore(REQUESTS_IN_FLIGHT);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try (Progress progress = new Progress(screen, "Loading", "documents", entries.size())) {
      var requests = new ExecutorCompletionService<Integer>(threads);
      int started = 0;
      for (int from = 0; from < entries.size(); from += DOCUMENTS_PER_REQUEST) {
        int to = Math.min(from + DOCUMENTS_PER_REQUEST, entries.size());
        requests.submit(upsert(entries.subList(from, to), vectors, inFlight));
        started++;
      }
      for (int done = 0; done < started; done++) {
        progress.step(requests.take().get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException("loading stopped", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<Integer> upsert(
      List<Entry> entries, Function<Entry, float[]> vectors, Semaphore inFlight) {
    return () -> {
      // The body is built only once it may be sent: a hundred thousand documents are much memory.
      inFlight.acquire();
      try {
        client.upsert(namespace, body(entries, vectors));
      } finally {
        inFlight.release();
      }
      return entries.size();
    };
  }

  private static byte[] body(List<Entry> entries, Function<Entry, float[]> vectors)
      throws IOException {
    var bytes = new ByteArrayOutputStream(entries.size() * BYTES_PER_DOCUMENT);
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("documents");
      for (Entry entry : entries) {
        Json.writeDocument(json, entry, vectors.apply(entry));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
