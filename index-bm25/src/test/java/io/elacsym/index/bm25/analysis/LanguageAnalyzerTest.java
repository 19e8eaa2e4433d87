package io.elacsym.index.bm25.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.index.bm25.Bm25IndexProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LanguageAnalyzerTest {
  /** Scripts without upper and lower case; their samples have two Latin words for that switch. */
  private static final Set<String> TWO_LATIN_WORDS = Set.of("arabic", "tamil");

  static Set<String> languages() {
    return new Bm25IndexProvider().languages();
  }

  private static List<String> terms(
      String language, boolean stemming, boolean stopwords, boolean caseSensitive, String text) {
    return new LanguageAnalyzer(
            new TextAnalysis(language, stemming, stopwords, caseSensitive, 1.2, 0.75))
        .terms(text);
  }

  private static List<String> lucene(Analyzer analyzer, String text) throws IOException {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("f", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    }
    return terms;
  }

  @Test
  void eighteenLanguagesAreThere() {
    assertThat(languages()).hasSize(18).containsExactlyElementsOf(Samples.languages());
  }

  @ParameterizedTest
  @MethodSource("languages")
  void defaultTermsAreThoseOfLucenesOwnAnalyzer(String language) throws IOException {
    Samples.Sample sample = Samples.of(language);
    assertThat(terms(language, true, true, false, sample.text()))
        .isNotEmpty()
        .isEqualTo(lucene(sample.lucene(), sample.text()));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void stemmingMakesADifference(String language) {
    String text = Samples.of(language).text();
    assertThat(terms(language, false, true, false, text))
        .hasSameSizeAs(terms(language, true, true, false, text))
        .isNotEqualTo(terms(language, true, true, false, text));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void stopWordsAreDroppedOrKept(String language) {
    String text = Samples.of(language).text();
    List<String> without = terms(language, false, true, false, text);
    List<String> with = terms(language, false, false, false, text);
    assertThat(with).hasSizeGreaterThan(without.size()).containsSubsequence(without);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void caseIsKeptOrNot(String language) {
    String text = Samples.of(language).text();
    List<String> kept = terms(language, false, false, true, text);
    List<String> lowered = terms(language, false, false, false, text);
    assertThat(kept).hasSameSizeAs(lowered).isNotEqualTo(lowered);
    if (TWO_LATIN_WORDS.contains(language)) {
      assertThat(kept).contains("Lucene", "Test");
      assertThat(lowered).contains("lucene", "test");
    }
    assertThat(kept.stream().filter(term -> !term.equals(term.toLowerCase(Locale.ROOT))))
        .isNotEmpty();
    assertThat(lowered).allMatch(term -> term.equals(term.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void stopWordsAreRecognisedInAnyCaseWhenCaseIsKept(String language) {
    String text = Samples.of(language).text();
    assertThat(terms(language, false, true, true, text))
        .hasSameSizeAs(terms(language, false, true, false, text));
  }

  @Test
  void caseSensitiveEnglishKeepsCapitalsAndDropsStopWords() {
    assertThat(terms("english", true, true, true, "The Dogs' and THE dogs' Owner"))
        .containsExactly("Dog", "dog", "Owner");
  }

  @Test
  void everyItalianArticleIsCutOff() throws IOException {
    String text =
        "c'al l'al all'al dall'al dell'al nell'al sull'al coll'al pell'al gl'al agl'al dagl'al"
            + " degl'al negl'al sugl'al un'al m'al t'al s'al v'al d'al Dell'Al x'al quest'al po'al";
    assertThat(terms("italian", true, true, false, text))
        .isEqualTo(lucene(Samples.of("italian").lucene(), text));
  }

  @Test
  void turkishLowersTheDotlessI() {
    assertThat(terms("turkish", false, false, false, "IŞIK İZMİR"))
        .containsExactly("ışık", "izmir");
    assertThat(terms("english", false, false, false, "IT")).containsExactly("it");
  }

  @Test
  void anUnknownLanguageIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> terms("klingon", true, true, false, "nuqneH"))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("klingon")
        .hasMessageContaining("turkish");
  }

  @Test
  void emptyAndWordlessTextsHaveNoTerms() {
    assertThat(terms("english", true, true, false, "")).isEmpty();
    assertThat(terms("english", true, true, false, "  ... !? the of ")).isEmpty();
  }

  @Test
  void aVeryLongWordIsCut() {
    assertThat(terms("english", false, false, false, "x".repeat(600)))
        .extracting(String::length)
        .containsExactly(255, 255, 90);
  }

  @Test
  void manyThreadsShareAnAnalyzer() throws Exception {
    LanguageAnalyzer analyzer = new LanguageAnalyzer(TextAnalysis.DEFAULT);
    String text = Samples.of("english").text();
    List<String> expected = analyzer.terms(text);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<String>>> tasks =
          IntStream.range(0, 500)
              .<Callable<List<String>>>mapToObj(i -> () -> analyzer.terms(text))
              .collect(Collectors.toList());
      for (Future<List<String>> terms : threads.invokeAll(tasks)) {
        assertThat(terms.get()).isEqualTo(expected);
      }
    }
  }
}
