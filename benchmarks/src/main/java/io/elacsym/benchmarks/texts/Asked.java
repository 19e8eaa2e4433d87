package io.elacsym.benchmarks.texts;

import io.elacsym.engine.model.Expansion;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.TextExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A query of one kind, drawn from the texts. */
record Asked(Kind kind, String text) {
  private static final int LETTERS_OF_A_PREFIX = 4;

  /** What is asked. */
  enum Kind {
    ONE_WORD("one word"),
    SEVERAL_WORDS("three words"),
    PHRASE("phrase of two"),
    PREFIX("prefix of four");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  static List<Asked> draw(Kind kind, List<String> texts, int count, Random random) {
    List<Asked> drawn = new ArrayList<>();
    while (drawn.size() < count) {
      String[] words =
          texts.get(random.nextInt(texts.size())).replaceAll("[^a-zA-Z ]", " ").strip().split(" +");
      int from = random.nextInt(words.length);
      Optional<String> text =
          switch (kind) {
            case ONE_WORD -> some(words, from, 1);
            case SEVERAL_WORDS -> some(words, from, 3);
            case PHRASE -> some(words, from, 2);
            case PREFIX ->
                some(words, from, 1)
                    .filter(word -> word.length() >= LETTERS_OF_A_PREFIX)
                    .map(word -> word.substring(0, LETTERS_OF_A_PREFIX));
          };
      text.ifPresent(found -> drawn.add(new Asked(kind, found)));
    }
    return drawn;
  }

  private static Optional<String> some(String[] words, int from, int count) {
    return from + count > words.length || words[from].length() < 3
        ? Optional.empty()
        : Optional.of(String.join(" ", List.of(words).subList(from, from + count)));
  }

  TextExpression expression() {
    return switch (kind) {
      case ONE_WORD, SEVERAL_WORDS -> TextExpression.words(text);
      case PHRASE -> new TextExpression.Phrase(Place.named("phrase"), text, 0);
      case PREFIX ->
          new TextExpression.Words(
              Place.named("prefix"), text, Minimum.ONE, true, Optional.empty(), Expansion.DEFAULT);
    };
  }
}
