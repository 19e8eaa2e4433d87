package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Highlight;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Strings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks what is to be highlighted. */
final class HighlightCheck {
  private HighlightCheck() {}

  static void check(Highlight highlight, Ranking ranking) {
    Set<String> searched = new LinkedHashSet<>();
    collect(ranking, searched);
    if (searched.isEmpty()) {
      throw ElacsymException.invalid(
          highlight.place() + " is given, but the query has no full_text");
    }
    for (Highlight.Field field : highlight.fields().orElse(List.of())) {
      if (!searched.contains(field.name())) {
        throw ElacsymException.invalid(
            field.place()
                + " is \""
                + Strings.shown(field.name())
                + "\", expected a field of the text query: "
                + String.join(", ", searched));
      }
    }
    inRange(
        highlight.place().field("fragments"), highlight.fragments(), 1, Highlight.MAX_FRAGMENTS);
    inRange(
        highlight.place().field("fragment_size"),
        highlight.fragmentSize(),
        Highlight.MIN_FRAGMENT_SIZE,
        Highlight.MAX_FRAGMENT_SIZE);
    tag(highlight.place().field("pre_tag"), highlight.before());
    tag(highlight.place().field("post_tag"), highlight.after());
  }

  private static void collect(Ranking ranking, Set<String> fields) {
    switch (ranking) {
      case Ranking.Bm25 bm25 -> bm25.fields().forEach(field -> fields.add(field.field()));
      case Ranking.Fusion fusion ->
          fusion.clauses().forEach(clause -> collect(clause.ranking(), fields));
      case Ranking.Nearest _, Ranking.AttributeOrder _, Ranking.IdOrder _ -> {
        // None of them looks for words.
      }
    }
  }

  private static void inRange(Place place, int value, int least, int most) {
    if (value < least || value > most) {
      throw ElacsymException.invalid(
          place + " is " + value + ", expected " + least + " to " + most);
    }
  }

  private static void tag(Place place, String tag) {
    if (tag.length() > Highlight.MAX_TAG) {
      throw ElacsymException.invalid(
          place + " has " + tag.length() + " characters, expected at most " + Highlight.MAX_TAG);
    }
  }
}
