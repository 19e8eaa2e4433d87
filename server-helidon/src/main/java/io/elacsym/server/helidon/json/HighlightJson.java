package io.elacsym.server.helidon.json;

import io.elacsym.engine.model.Highlight;
import java.util.List;
import java.util.Optional;

/** Reads {@code highlight} of a query. */
final class HighlightJson {
  private static final String KEY = "highlight";
  private static final List<String> KEYS =
      List.of("fields", "fragments", "fragment_size", "pre_tag", "post_tag", "escape");

  private HighlightJson() {}

  static Optional<Highlight> read(Fields query) {
    return query.find(KEY).map(node -> highlight(Fields.of(node, query.place(KEY), KEYS)));
  }

  private static Highlight highlight(Fields fields) {
    return new Highlight(
        fields.whole(),
        fields
            .elements("fields")
            .map(elements ->
                elements.stream()
                    .map(element -> new Highlight.Field(element.place(), element.text()))
                    .toList()),
        fields
            .integer("fragments", 1, Highlight.MAX_FRAGMENTS)
            .orElse(Highlight.DEFAULT.fragments()),
        fields
            .integer("fragment_size", Highlight.MIN_FRAGMENT_SIZE, Highlight.MAX_FRAGMENT_SIZE)
            .orElse(Highlight.DEFAULT.fragmentSize()),
        fields.text("pre_tag").orElse(Highlight.DEFAULT.before()),
        fields.text("post_tag").orElse(Highlight.DEFAULT.after()),
        escaping(fields));
  }

  private static boolean escaping(Fields fields) {
    return switch (fields.text("escape").orElse("html")) {
      case "html" -> true;
      case "none" -> false;
      case String other -> throw fields.unknownWord("escape", other, List.of("html", "none"));
    };
  }
}
