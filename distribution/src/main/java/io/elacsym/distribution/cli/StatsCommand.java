package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what namespaces hold. */
@Command(
    name = "stats",
    description = "Show what the namespaces of a server hold.",
    footerHeading = "%nExamples:%n",
    footer = {"  elacsym stats", "  elacsym stats --namespace docs"})
final class StatsCommand implements Callable<Integer> {
  private final Screen screen;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Show the schema and every figure of this namespace.")
  private @Nullable String namespace;

  @Mixin private ClientOptions server = new ClientOptions();

  StatsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    try (ElacsymClient client = server.client(Duration.ofSeconds(2))) {
      if (namespace == null) {
        all(client);
      } else {
        one(client, namespace);
      }
    }
    return ExitCode.OK;
  }

  private void all(ElacsymClient client) {
    Table table =
        new Table("namespace", "documents", "live", "segments", "deleted", "stored", "vectors");
    String next = "";
    boolean more = true;
    while (more) {
      JsonNode page =
          client.get(
              "/v1/namespaces?limit=1000&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
      for (JsonNode entry : page.path("namespaces")) {
        String name = entry.path("namespace").asText();
        // One that was dropped meanwhile is left out.
        client.describe(name).ifPresent(description -> row(table, name, description));
      }
      more = page.path("next").isTextual();
      next = page.path("next").asText();
    }
    if (table.isEmpty()) {
      screen.line("There are no namespaces; `elacsym import --help` tells how to fill one.");
    } else {
      table.print(screen);
    }
  }

  private static void row(Table table, String name, JsonNode description) {
    JsonNode stats = description.path("stats");
    table.row(
        name,
        count(stats, "documents"),
        count(stats, "live_rows"),
        count(stats, "segments"),
        count(stats, "deleted_rows"),
        Figures.bytes(stats.path("stored_bytes").asLong()),
        vectors(description.path("schema")));
  }

  private static String count(JsonNode stats, String key) {
    return Figures.count(stats.path(key).asLong());
  }

  private static String vectors(JsonNode schema) {
    return schema.has("vector_dim")
        ? schema.path("vector_dim").asText() + " " + schema.path("vector_metric").asText()
        : "none";
  }

  private void one(ElacsymClient client, String name) {
    JsonNode description =
        client
            .describe(name)
            .orElseThrow(() -> ElacsymException.notFound("there is no namespace '" + name + "'"));
    Table figures = new Table("namespace", name);
    figures.row("vectors", vectors(description.path("schema")));
    description.path("stats").properties().stream()
        .filter(entry -> entry.getValue().isValueNode())
        .forEach(entry -> figures.row(entry.getKey().replace('_', ' '), figure(entry.getValue())));
    figures.print(screen);
    troubles(description.path("stats").path("troubles"));
    indexes(name, description.path("stats").path("indexes"));
    building(description.path("stats").path("building"));
    Table attributes = new Table("attribute", "type", "indexed", "full text");
    description
        .path("schema")
        .path("attributes")
        .properties()
        .forEach(entry ->
            attributes.row(
                entry.getKey(),
                entry.getValue().path("type").asText(),
                entry.getValue().path("indexed").asText("false"),
                fullText(entry.getValue().path("full_text"))));
    screen.line("");
    attributes.print(screen);
  }

  /** Indexes that were added to attributes and that not every segment has yet. */
  private void building(JsonNode building) {
    for (JsonNode index : building) {
      screen.line("");
      screen.line(
          "The %s index of '%s' is being built: %s of %s segments have it, with %s of %s rows."
              .formatted(
                  index.path("kind").asText(),
                  index.path("field").asText(),
                  count(index, "segments_done"),
                  count(index, "segments"),
                  count(index, "rows_done"),
                  count(index, "rows")));
    }
  }

  /** What fails in the background, a line for each kind of work. */
  private void troubles(JsonNode troubles) {
    for (JsonNode trouble : troubles) {
      screen.line("");
      screen.line(
          "! "
              + trouble.path("work").asText()
              + " has failed "
              + Figures.of(trouble.path("failures").asLong(), "time")
              + " since "
              + trouble.path("since").asText()
              + " and is tried again at "
              + trouble.path("next_try").asText()
              + ": "
              + trouble.path("message").asText());
    }
  }

  /** How the indexes were built, a line for those that are alike. */
  private void indexes(String name, JsonNode counts) {
    if (counts.isEmpty()) {
      return;
    }
    Table table = new Table("index", "encoding", "built with", "indexes", "rows", "bytes");
    boolean isEachConfigured = true;
    for (JsonNode count : counts) {
      boolean configured = count.path("configured").asBoolean();
      isEachConfigured &= configured;
      boolean own = count.path("kind").asText().equals("attribute");
      table.row(
          count.path("kind").asText(),
          count.path("encoding").asText(),
          count.path("recipe").asText(own ? "" : "unknown") + (configured ? "" : " *"),
          Figures.count(count.path("indexes").asLong()),
          Figures.count(count.path("rows").asLong()),
          Figures.bytes(count.path("bytes").asLong()));
    }
    screen.line("");
    table.print(screen);
    if (!isEachConfigured) {
      screen.line(
          "* not as the server would build it now; `elacsym reindex " + name + "` changes that.");
    }
  }

  private static String figure(JsonNode value) {
    return value.isIntegralNumber() ? Figures.count(value.asLong()) : value.asText();
  }

  private static String fullText(JsonNode fullText) {
    return fullText.isObject()
        ? fullText.path("language").asText("true")
        : fullText.asText("false");
  }
}
