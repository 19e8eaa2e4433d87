package io.elacsym.tck.index;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Together;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How text becomes terms. */
record AnalysisChecks(TextIndexes indexes) {
  /** Plain words, none of them a stop word, in the script of the language. */
  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          Map.entry("arabic", "\u0643\u062a\u0627\u0628 \u0645\u062f\u0631\u0633\u0629"),
          Map.entry("chinese", "\u6570\u636e\u5e93 \u641c\u7d22"),
          Map.entry("english", "databases searching houses"),
          Map.entry("french", "biblioth\u00e8ques maisons"),
          Map.entry("german", "B\u00fccher H\u00e4user Stra\u00dfe"),
          Map.entry("greek", "\u03b2\u03b9\u03b2\u03bb\u03af\u03b1 \u03c3\u03c0\u03af\u03c4\u03b9"),
          Map.entry(
              "hindi",
              "\u092a\u0941\u0938\u094d\u0924\u0915 \u0935\u093f\u0926\u094d\u092f\u093e\u0932\u092f"),
          Map.entry("japanese", "\u30c7\u30fc\u30bf\u30d9\u30fc\u30b9 \u691c\u7d22"),
          Map.entry("korean", "\ub370\uc774\ud130 \uac80\uc0c9"),
          Map.entry("russian", "\u043a\u043d\u0438\u0433\u0438 \u0434\u043e\u043c\u0430"),
          Map.entry("tamil", "\u0baa\u0bc1\u0ba4\u0bcd\u0ba4\u0b95\u0bae\u0bcd"),
          Map.entry("thai", "\u0e2b\u0e19\u0e31\u0e07\u0e2a\u0e37\u0e2d"),
          Map.entry("turkish", "kitaplar evler"));

  List<Check> checks() {
    return List.of(
        Check.of("every language gives terms, with every switch", this::languages),
        Check.of("language names are lower case", this::languageNames),
        Check.of("terms come in the order of the text, with repeats", this::order),
        Check.of("text without words has no terms", this::noWords),
        Check.of("case is looked at only when asked for", this::caseSensitive),
        Check.of("case is known of every alphabet", this::everyAlphabet),
        Check.of("words are stemmed only when asked for", this::stemming),
        Check.of("stop words are dropped only when asked for", this::stopwords),
        Check.of("words of any script are terms", this::unicode),
        Check.of("an analyzer serves many threads", this::threads));
  }

  private void languages() {
    for (String language : indexes.provider().languages()) {
      String text = SAMPLES.getOrDefault(language, "alpha 12345 omega");
      for (int switches = 0; switches < 8; switches++) {
        List<String> terms =
            analyzer(language, (switches & 1) != 0, (switches & 2) != 0, (switches & 4) != 0)
                .terms(text);
        Expect.that(
            !terms.isEmpty() && terms.stream().noneMatch(String::isEmpty),
            () -> "terms of '" + text + "' in " + language + " are " + terms);
      }
    }
  }

  private void languageNames() {
    Expect.that(!indexes.provider().languages().isEmpty(), () -> "there are no languages");
    for (String language : indexes.provider().languages()) {
      Expect.that(
          language.matches("[a-z][a-z_-]*"),
          () -> "a language is called '" + language + "', expected lower case");
    }
  }

  private void order() {
    Expect.equal(
        "terms of 'beta alpha, beta gamma'",
        List.of("beta", "alpha", "beta", "gamma"),
        plain().terms("beta alpha, beta gamma"));
  }

  private void noWords() {
    for (TextAnalyzer analyzer :
        List.of(plain(), analyzer(indexes.language(), true, true, false))) {
      for (String text : List.of("", " ", "\n\t", "... -- !? ()")) {
        Expect.equal("terms of '" + text + "'", List.of(), analyzer.terms(text));
      }
    }
  }

  private void caseSensitive() {
    TextAnalyzer ignoring = plain();
    TextAnalyzer sensitive = analyzer(indexes.language(), false, false, true);
    Expect.equal(
        "terms of 'Segment' and 'segment', any case",
        ignoring.terms("segment"),
        ignoring.terms("Segment"));
    Expect.that(
        !sensitive.terms("Segment").equals(sensitive.terms("segment")),
        () -> "'Segment' and 'segment' have the same terms, though case counts");
  }

  private void everyAlphabet() {
    TextAnalyzer ignoring = plain();
    TextAnalyzer sensitive = analyzer(indexes.language(), false, false, true);
    for (String word :
        List.of(
            "\u00fcber",
            "\u00e9t\u00e9",
            "\u0142\u00f3d\u017a",
            "\u043a\u043d\u0438\u0433\u0430",
            "\u03b2\u03b9\u03b2\u03bb\u03af\u03bf",
            "\u0563\u056b\u0580\u0584",
            "\ud801\udc37\ud801\udc32")) {
      String upper = word.toUpperCase(Locale.ROOT);
      Expect.equal(
          "terms of '" + upper + "', any case", ignoring.terms(word), ignoring.terms(upper));
      Expect.that(
          !sensitive.terms(word).equals(sensitive.terms(upper)),
          () -> "'" + word + "' and '" + upper + "' have the same terms, though case counts");
    }
  }

  private void stemming() {
    if (!indexes.language().equals("english")) {
      return;
    }
    TextAnalyzer stemming = analyzer("english", true, false, false);
    Expect.equal(
        "terms of 'searching', stemmed", stemming.terms("searches"), stemming.terms("searching"));
    Expect.that(
        !plain().terms("searches").equals(plain().terms("searching")),
        () -> "'searches' and 'searching' have the same terms, though nothing is stemmed");
  }

  private void stopwords() {
    if (!indexes.language().equals("english")) {
      return;
    }
    TextAnalyzer removing = analyzer("english", false, true, false);
    Expect.equal(
        "terms of 'the house and the garden', without stop words",
        List.of("house", "garden"),
        removing.terms("the house and the garden"));
    Expect.equal(
        "terms of 'the house and the garden'",
        List.of("the", "house", "and", "the", "garden"),
        plain().terms("the house and the garden"));
  }

  private void unicode() {
    for (String word :
        List.of(
            "\u00fcber",
            "\u043a\u043d\u0438\u0433\u0430",
            "\u03b2\u03b9\u03b2\u03bb\u03af\u03bf",
            "na\u00efve",
            "x2y")) {
      Expect.equal("terms of a word", List.of(word), plain().terms("  " + word + "."));
    }
    Expect.that(
        !plain().terms("\u65e5\u672c\u8a9e").isEmpty(), () -> "Chinese characters have no terms");
  }

  private void threads() throws Exception {
    TextAnalyzer analyzer = analyzer(indexes.language(), true, true, false);
    String text = "databases searching houses gardens segments indexes vectors";
    List<String> alone = analyzer.terms(text);
    Together.run(
        6,
        thread -> {
          for (int i = 0; i < 300; i++) {
            Expect.equal("terms on a thread beside others", alone, analyzer.terms(text));
          }
          return thread;
        });
  }

  private TextAnalyzer plain() {
    return indexes.analyzer(indexes.field());
  }

  private TextAnalyzer analyzer(
      String language, boolean stemming, boolean removeStopwords, boolean caseSensitive) {
    return indexes.analyzer(
        new TextField(
            "body",
            new TextAnalysis(language, stemming, removeStopwords, caseSensitive, 1.2, 0.75)));
  }
}
