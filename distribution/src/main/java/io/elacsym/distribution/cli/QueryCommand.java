package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a namespace. */
@Command(
    name = "query",
    description = "Search a namespace.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym query -n docs --text \"object storage\"",
      "  elacsym query -n docs --vector @query.json --top-k 5",
      "  elacsym query -n docs --vector \"[0.1,0.2]\" --text rust --field title --filter"
          + " '{\"field\":\"year\",\"op\":\"gte\",\"value\":2015}' --explain",
      "  elacsym query -n docs --request '{\"top_k\":0,\"facets\":{\"tags\":{\"field\":\"tags\"}}}'",
      "",
      "With a vector and a text, both rankings are fused. A filter restricts before ranking, so that"
          + " --top-k results come back whenever that many match; a filter alone lists by id.",
      "",
      "--request takes a whole request of the HTTP reference, with orders, clauses, aggregates,"
          + " facets, groups, highlights and pages; the other options add to it."
    })
final class QueryCommand implements Callable<Integer> {
  private final Screen screen;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "Which namespace.")
  private String namespace = "";

  @Mixin private ClientOptions server = new ClientOptions();

  @Option(
      names = {"-t", "--text"},
      paramLabel = "TEXT",
      description = "Words to look for.")
  private @Nullable String text;

  @Option(
      names = "--field",
      paramLabel = "NAME",
      split = ",",
      description = "A full-text attribute to look in; may be repeated. Default: all of them")
  private List<String> fields = new ArrayList<>();

  @Option(
      names = {"-v", "--vector"},
      paramLabel = "JSON|@FILE",
      description = "A vector to be near to, as a JSON array or the file that holds one.")
  private @Nullable String vector;

  @Option(names = "--filter", paramLabel = "JSON|@FILE", description = "Only documents that match.")
  private @Nullable String filter;

  @Option(
      names = {"-k", "--top-k"},
      paramLabel = "N",
      description = "How many results, 1 to 1000. Default: 10")
  private @Nullable Integer topK;

  @Option(
      names = "--request",
      paramLabel = "JSON|@FILE",
      description = "A whole request, as POST /query takes it.")
  private @Nullable String whole;

  @Option(
      names = "--attributes",
      paramLabel = "NAME",
      split = ",",
      description = "Show only these attributes.")
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--explain",
      description = "Show how it was found, what that cost, and what each score is made of.")
  private boolean explain;

  @Option(names = "--json", description = "Print the server's answer as it is.")
  private boolean raw;

  QueryCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    try (ElacsymClient client = server.client(Duration.ofSeconds(2))) {
      JsonNode answer = client.post(ElacsymClient.path(namespace, "/query"), request(client));
      // Several queries in one request have several answers, which are no one table.
      if (raw || !answer.has("results")) {
        screen.line(answer.toString());
      } else {
        show(answer);
      }
    }
    return ExitCode.OK;
  }

  private ObjectNode request(ElacsymClient client) {
    ObjectNode request =
        whole == null
            ? JsonArguments.JSON.createObjectNode()
            : JsonArguments.object("--request", whole);
    if (vector != null) {
      request.set("vector", JsonArguments.parse("--vector", vector));
    }
    if (text != null) {
      List<String> searched = fields.isEmpty() ? fullTextAttributes(client) : fields;
      ObjectNode fullText = request.putObject("full_text");
      searched.forEach(fullText.putArray("fields")::add);
      fullText.put("query", text);
    }
    if (filter != null) {
      request.set("filter", JsonArguments.parse("--filter", filter));
    }
    if (topK != null) {
      request.put("top_k", topK);
    }
    if (!attributes.isEmpty()) {
      attributes.forEach(request.putArray("include_attributes")::add);
    }
    if (explain) {
      request.put("explain", "scores");
    }
    return request;
  }

  private List<String> fullTextAttributes(ElacsymClient client) {
    JsonNode description =
        client
            .describe(namespace)
            .orElseThrow(
                () -> ElacsymException.notFound("there is no namespace '" + namespace + "'"));
    List<String> names =
        description.path("schema").path("attributes").properties().stream()
            .filter(attribute -> isFullText(attribute.getValue().path("full_text")))
            .map(attribute -> attribute.getKey())
            .toList();
    if (names.isEmpty()) {
      throw ElacsymException.invalid(
          "--text: namespace '" + namespace + "' has no attribute with full_text");
    }
    return names;
  }

  private static boolean isFullText(JsonNode declared) {
    return declared.isObject() || declared.asBoolean();
  }

  private void show(JsonNode answer) {
    List<Table> aggregated = AggregateTables.of(answer);
    Table hits = HitTable.of(answer.path("results"));
    if (!hits.isEmpty()) {
      hits.print(screen);
    } else if (aggregated.isEmpty()) {
      screen.line("Nothing found.");
    }
    for (Table table : aggregated) {
      screen.line("");
      table.print(screen);
    }
    screen.note(
        answer.path("results").size() + " results, " + answer.path("took_ms").asText() + " ms.");
    if (answer.path("next").isTextual()) {
      screen.note("There may be more, with \"cursor\": " + answer.get("next") + " in --request.");
    }
    if (answer.has("explain")) {
      showExplanation(answer);
    }
  }

  private void showExplanation(JsonNode answer) {
    Table scores = ScoreTree.of(answer.path("results"));
    if (!scores.isEmpty()) {
      screen.line("");
      scores.print(screen);
    }
    screen.line("");
    PlanTree.of(answer.path("explain").path("plan")).print(screen);
    Table cost = new Table("cost", "");
    answer
        .path("cost")
        .properties()
        .forEach(entry -> cost.row(entry.getKey().replace('_', ' '), entry.getValue().asText()));
    screen.line("");
    cost.print(screen);
  }
}
