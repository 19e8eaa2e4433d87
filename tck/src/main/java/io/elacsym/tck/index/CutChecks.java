package io.elacsym.tck.index;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.TextTokenizer;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import java.util.List;

/** How a text is cut, and where its terms stand. */
record CutChecks(TextIndexes indexes) {
  List<Check> checks() {
    return List.of(
        Check.of("tokens tell where they stand", this::places),
        Check.of("stop words that are dropped leave their places empty", this::gaps),
        Check.of("a text is cut at white space when that is asked for", this::whitespace),
        Check.of("a text is one term when that is asked for", this::keyword),
        Check.of("a text is cut into all pieces when that is asked for", this::ngrams),
        Check.of("accents are dropped only when asked for", this::folding),
        Check.of("words longer than asked for are dropped", this::length));
  }

  private List<TextToken> tokens(TextTokenizer tokenizer, String text) {
    return tokens(tokenizer, false, false, TextAnalysis.MAX_TOKEN_LENGTH, text);
  }

  private List<TextToken> tokens(
      TextTokenizer tokenizer, boolean removing, boolean folding, int longest, String text) {
    TextAnalysis analysis =
        new TextAnalysis(
            indexes.language(), tokenizer, false, removing, false, folding, longest, 1.2, 0.75);
    return indexes.analyzer(new TextField("body", analysis)).tokens(text);
  }

  private void places() {
    Expect.equal(
        "tokens",
        List.of(
            new TextToken("beta", 0, 1, 5),
            new TextToken("alpha", 1, 7, 12),
            new TextToken("beta", 2, 13, 17)),
        tokens(new TextTokenizer.Words(), " Beta, alpha beta"));
  }

  private void gaps() {
    if (!indexes.provider().languages().contains("english")) {
      return;
    }
    Expect.equal(
        "tokens",
        List.of(new TextToken("house", 1, 4, 9), new TextToken("garden", 4, 18, 24)),
        tokens(
            new TextTokenizer.Words(),
            true,
            false,
            TextAnalysis.MAX_TOKEN_LENGTH,
            "the house and the garden"));
  }

  private void whitespace() {
    Expect.equal(
        "tokens",
        List.of(new TextToken("user-id:7", 0, 0, 9), new TextToken("(a,b)", 1, 11, 16)),
        tokens(new TextTokenizer.Whitespace(), "User-ID:7\t\n(a,b)"));
  }

  private void keyword() {
    Expect.equal(
        "tokens",
        List.of(new TextToken("user-id:7 (a, b)", 0, 0, 16)),
        tokens(new TextTokenizer.Keyword(), "User-ID:7 (a, b)"));
  }

  private void ngrams() {
    Expect.equal(
        "terms",
        List.of("a.", "a.c", ".c", ".cd", "cd", "ef"),
        tokens(new TextTokenizer.Ngrams(2, 3), "A.CD ef g").stream().map(TextToken::term).toList());
  }

  private void folding() {
    TextTokenizer words = new TextTokenizer.Words();
    String text = "caf\u00e9 na\u00efve";
    int longest = TextAnalysis.MAX_TOKEN_LENGTH;
    Expect.equal(
        "terms that are folded",
        List.of("cafe", "naive"),
        tokens(words, false, true, longest, text).stream().map(TextToken::term).toList());
    Expect.equal(
        "terms that are not folded",
        List.of("caf\u00e9", "na\u00efve"),
        tokens(words, false, false, longest, text).stream().map(TextToken::term).toList());
  }

  private void length() {
    Expect.equal(
        "terms of at most 4 characters",
        List.of("four", "one"),
        tokens(new TextTokenizer.Words(), false, false, 4, "four fives one sixsix").stream()
            .map(TextToken::term)
            .toList());
  }
}
