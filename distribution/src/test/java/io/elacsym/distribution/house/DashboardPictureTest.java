package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The picture of the Grafana dashboard in the documentation. It is no screenshot: it is drawn from
 * the dashboard's file, panel by panel where Grafana puts them, with what each one asks for.
 */
class DashboardPictureTest {
  private static final Path DASHBOARD = Checkout.ROOT.resolve("examples/grafana/elacsym.json");
  private static final Path PICTURE = Checkout.ROOT.resolve("docs/grafana-dashboard.svg");

  /** Grafana divides the width by 24. */
  private static final int COLUMN = 50;

  private static final int ROW = 22;
  private static final int HEAD = 44;

  /** So many letters of a fixed width go into a column of the grid. */
  private static final double LETTERS = 8.6;

  @Test
  void thePictureShowsTheDashboardAsItIs() throws IOException {
    String drawn = draw(new ObjectMapper().readTree(DASHBOARD.toFile()));
    if (Boolean.getBoolean("elacsym.update")) {
      Files.writeString(PICTURE, drawn);
    }
    assertThat(PICTURE)
        .as("draw it again: -Dtest=DashboardPictureTest -Delacsym.update=true")
        .hasContent(drawn);
  }

  private static String draw(JsonNode dashboard) {
    int bottom = 0;
    StringBuilder panels = new StringBuilder();
    for (JsonNode panel : dashboard.path("panels")) {
      JsonNode place = panel.path("gridPos");
      bottom = Math.max(bottom, place.path("y").asInt() + place.path("h").asInt());
      panels.append(drawPanel(panel, place));
    }
    int width = 24 * COLUMN;
    int height = HEAD + bottom * ROW + 8;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif">
    <title>%s: the panels of examples/grafana/elacsym.json</title>
    <desc>Drawn from the dashboard's file; no measured data, and no screenshot.</desc>
    <rect width="%d" height="%d" fill="#111217"/>
    <text x="8" y="20" font-size="15" fill="#ffffff">%s</text>
    <text x="8" y="37" font-size="11" fill="#9fa7b3">%s</text>
    %s</svg>
    """
        .formatted(
            width,
            height,
            escaped(dashboard.path("title").asText()),
            width,
            height,
            escaped(dashboard.path("title").asText()),
            "drawn from examples/grafana/elacsym.json: where its panels are and what they ask for,"
                + " without data",
            panels);
  }

  private static String drawPanel(JsonNode panel, JsonNode place) {
    int x = place.path("x").asInt() * COLUMN;
    int y = HEAD + place.path("y").asInt() * ROW;
    int columns = place.path("w").asInt();
    int width = columns * COLUMN;
    int height = place.path("h").asInt() * ROW;
    String title = escaped(panel.path("title").asText());
    if (panel.path("type").asText().equals("row")) {
      return "<text x=\"%d\" y=\"%d\" font-size=\"13\" fill=\"#d8d9da\">&#9662; %s</text>%n"
          .formatted(x + 8, y + 16, title);
    }
    StringBuilder drawn =
        new StringBuilder(
            """
            <g><rect x="%d" y="%d" width="%d" height="%d" rx="2" fill="#181b1f" stroke="#2c3235"/>
            <text x="%d" y="%d" font-size="12" fill="#d8d9da">%s</text>
            """
                .formatted(x + 2, y + 2, width - 4, height - 4, x + 10, y + 18, title));
    int line = y + 36;
    for (String text : lines(panel, (int) (columns * LETTERS) - 3)) {
      if (line < y + height - 20) {
        drawn.append(
            "<text x=\"%d\" y=\"%d\" font-size=\"9\" font-family=\"monospace\" fill=\"#73bf69\">%s</text>%n"
                .formatted(x + 10, line, escaped(text)));
        line += 12;
      }
    }
    String kind =
        panel.path("type").asText()
            + ", "
            + panel.path("fieldConfig").path("defaults").path("unit").asText();
    return drawn
        .append(
            "<text x=\"%d\" y=\"%d\" font-size=\"9\" fill=\"#6e7781\">%s</text></g>%n"
                .formatted(x + 10, y + height - 9, escaped(kind)))
        .toString();
  }

  /** The expressions of a panel, without what every one has to say about job and node. */
  private static List<String> lines(JsonNode panel, int letters) {
    List<String> lines = new ArrayList<>();
    for (JsonNode target : panel.path("targets")) {
      String rest =
          target
              .path("expr")
              .asText()
              .replace("job=~\"$job\", instance=~\"$instance\", ", "")
              .replace("{job=~\"$job\", instance=~\"$instance\"}", "")
              .replace("{job=~\"$job\"}", "")
              .replace("[$__rate_interval]", "");
      while (rest.length() > letters) {
        lines.add(rest.substring(0, letters));
        rest = "  " + rest.substring(letters);
      }
      lines.add(rest);
    }
    return lines;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
