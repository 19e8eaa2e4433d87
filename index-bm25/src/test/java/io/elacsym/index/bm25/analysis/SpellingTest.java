package io.elacsym.index.bm25.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.index.bm25.Bm25IndexProvider;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two spellings that people take for one word give one term. */
class SpellingTest {
  static Set<String> languages() {
    return new Bm25IndexProvider().languages();
  }

  private static List<String> terms(String language, boolean plain, String text) {
    return new LanguageAnalyzer(new TextAnalysis(language, !plain, !plain, plain, 1.2, 0.75))
        .terms(text);
  }

  private static List<String> english(String text) {
    return terms("english", false, text);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void accentsMayBeCharactersOfTheirOwn(String language) {
    String text = Samples.of(language).text() + " caf\u00e9 na\u00efve Stra\u00dfe \ud55c\uad6d";
    for (boolean plain : new boolean[] {true, false}) {
      assertThat(terms(language, plain, Normalizer.normalize(text, Normalizer.Form.NFD)))
          .isEqualTo(terms(language, plain, Normalizer.normalize(text, Normalizer.Form.NFC)))
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void apostrophesMayBeTypedOrTypeset(String language) {
    String text =
        "don't O'Connor's l'homme dell'arte 'tis dogs' \u041e\u0431'\u0454\u043a\u0442 Ankara'n\u0131n";
    for (boolean plain : new boolean[] {true, false}) {
      List<String> typed = terms(language, plain, text);
      assertThat(typed).isNotEmpty();
      for (char apostrophe : "\u2018\u2019\u201b\u02bb\u02bc\uff07".toCharArray()) {
        assertThat(terms(language, plain, text.replace('\'', apostrophe)))
            .as("U+%04x", (int) apostrophe)
            .isEqualTo(typed);
      }
    }
  }

  @Test
  void compatibleFormsAreThePlainOnes() {
    assertThat(english("\ufb01le o\ufb03ce")).isEqualTo(english("file office"));
    assertThat(english("\uff28\uff45\uff4c\uff4c\uff4f \uff12\uff10\uff12\uff16"))
        .isEqualTo(english("Hello 2026"));
    assertThat(english("\uff76\uff9e\uff77")).isEqualTo(english("\u30ac\u30ad"));
    assertThat(english("\ufb50")).isEqualTo(english("\u0671"));
  }

  @Test
  void whatNobodySeesInsideOfAWordDoesNotCount() {
    assertThat(english("co\u00adoper\u00adate \ufeffHello wo\u2060rld"))
        .isEqualTo(english("cooperate Hello world"));
    assertThat(english("a \u00ad b")).isEqualTo(english("a b"));
  }

  @Test
  void whatIsNotTheSameStaysApart() {
    assertThat(english("resume r\u00e9sum\u00e9").stream().distinct()).hasSize(2);
    assertThat(english("wont won't").stream().distinct()).hasSize(2);
  }

  /** Ordering all accents of the text at once would take the square of a million steps. */
  @Test
  @Timeout(60)
  void accentsWithoutEndTakeNoTimeWithoutEnd() {
    String accents = "\u0301\u0323".repeat(500_000);
    assertThat(english("a" + accents).stream().collect(Collectors.summingInt(String::length)))
        .isPositive();
  }
}
