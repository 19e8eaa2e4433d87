package io.elacsym.tck.index;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHighlight;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import java.util.Collections;
import java.util.List;

/** Texts with marks, of an index that can highlight. */
record HighlightChecks(TextIndexes indexes) {
  private static final String BEFORE = "[[";
  private static final String AFTER = "]]";

  List<Check> checks() {
    return List.of(
        Check.of("highlights mark what a clause finds", this::marks),
        Check.of("highlights are parts of the text", this::parts),
        Check.of("highlights are escaped as HTML when that is asked for", this::escaped),
        Check.of("highlights have no more pieces than are wanted", this::pieces),
        Check.of("nothing is highlighted where nothing is found", this::nothing));
  }

  /** What an index that can highlight gives. */
  @FunctionalInterface
  private interface Use {
    void with(List<String> pieces);
  }

  private void highlight(
      List<String> words, int fragments, boolean escaping, List<String> values, Use use) {
    TextField field = indexes.field();
    TextHighlight wanted =
        new TextHighlight(
            TextClause.anyOf(indexes.terms(field, words)), fragments, 40, BEFORE, AFTER, escaping);
    indexes.provider().highlight(field, wanted, values, indexes.context()).ifPresent(use::with);
  }

  private void marks() {
    highlight(
        List.of("otter", "kelp"),
        5,
        false,
        List.of("an otter sleeps in kelp", "crabs", "the otter"),
        pieces -> {
          String all = String.join("|", pieces);
          Expect.that(all.contains("an [[otter]] "), () -> "'otter' is not marked in " + all);
          Expect.that(all.contains(" [[kelp]]"), () -> "'kelp' is not marked in " + all);
          Expect.that(all.contains("the [[otter]]"), () -> "no mark in the last value: " + all);
          Expect.equal("number of marks", 4, all.split("\\[\\[", -1).length);
          Expect.that(!all.contains("crabs"), () -> "a value without a word comes back: " + all);
        });
  }

  private void parts() {
    List<String> values = List.of("an otter & its <kelp>", "one more otter");
    highlight(
        List.of("otter"),
        5,
        false,
        values,
        pieces ->
            pieces.forEach(piece -> {
              String plain = piece.replace(BEFORE, "").replace(AFTER, "");
              Expect.that(
                  values.stream().anyMatch(value -> value.contains(plain)),
                  () -> "'" + plain + "' is no part of a value");
            }));
  }

  private void escaped() {
    highlight(
        List.of("otter"),
        5,
        true,
        List.of("<b>otter</b> & kelp"),
        pieces -> {
          String all = String.join("|", pieces);
          Expect.that(!all.contains("<") && !all.contains(">"), () -> "not escaped: " + all);
          Expect.that(all.contains(BEFORE + "otter" + AFTER), () -> "not marked: " + all);
        });
  }

  private void pieces() {
    List<String> values = Collections.nCopies(30, "one otter, and one more otter");
    for (int fragments : List.of(1, 3, 10)) {
      highlight(
          List.of("otter"),
          fragments,
          false,
          values,
          pieces -> Expect.equal("number of pieces", fragments, pieces.size()));
    }
  }

  private void nothing() {
    highlight(
        List.of("urchin"),
        3,
        false,
        List.of("an otter sleeps in kelp"),
        pieces -> Expect.equal("pieces", List.of(), pieces));
    highlight(
        List.of("urchin"),
        3,
        false,
        List.of(),
        pieces -> Expect.equal("pieces", List.of(), pieces));
  }
}
