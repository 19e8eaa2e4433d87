package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.engine.model.Schema;
import io.elacsym.server.helidon.json.SchemaJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes all documents of a namespace to a file, page by page in the order of their ids. */
public final class Exporter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 1_000;

  private final ElacsymClient client;
  private final Screen screen;

  public Exporter(ElacsymClient client, Screen screen) {
    this.client = client;
    this.screen = screen;
  }

  /**
   * Runs an export.
   *
   * @param filter which documents, in the form of the HTTP interface
   * @param vectors whether vectors come along
   * @param out stays open
   * @return how many documents were written
   */
  public long run(
      String namespace,
      FileFormat format,
      Optional<JsonNode> filter,
      boolean vectors,
      OutputStream out)
      throws IOException {
    JsonNode description =
        client
            .describe(namespace)
            .orElseThrow(
                () -> ElacsymException.notFound("there is no namespace '" + namespace + "'"));
    Schema schema = schema(description.path("schema"));
    DocumentSink sink = sink(format, schema, vectors, out);
    ObjectNode page = JSON.createObjectNode();
    page.put("limit", PAGE);
    page.put("include_vector", vectors);
    filter.ifPresent(node -> page.set("filter", node));
    try (Progress progress = new Progress(screen, "Exporting", 0)) {
      sink.start();
      boolean more = true;
      while (more) {
        PageSlices slices =
            PageSlices.of(
                client.postRaw(
                    ElacsymClient.path(namespace, "/scan"), JSON.writeValueAsBytes(page)));
        for (PageSlices.Slice document : slices.documents()) {
          sink.write(slices.json(), document.from(), document.to());
        }
        progress.add(slices.documents().size());
        slices.next().ifPresent(next -> page.set("after", next));
        more = slices.next().isPresent();
      }
      out.flush();
      return progress.documents();
    }
  }

  private static DocumentSink sink(
      FileFormat format, Schema schema, boolean vectors, OutputStream out) {
    return switch (format) {
      case JSONL -> new JsonLinesSink(out);
      case CSV -> new CsvSink(schema, vectors, out);
      case FVECS -> new FvecsSink(schema, out);
      case PARQUET ->
          throw new ElacsymException(
              ErrorKind.INVALID_REQUEST, "export writes jsonl, csv and fvecs, not parquet");
    };
  }

  private static Schema schema(JsonNode schema) throws IOException {
    return SchemaJson.read(
        new ByteArrayInputStream(schema.toString().getBytes(StandardCharsets.UTF_8)),
        Metric.COSINE);
  }
}
