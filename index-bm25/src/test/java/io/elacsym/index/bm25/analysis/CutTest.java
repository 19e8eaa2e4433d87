package io.elacsym.index.bm25.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.TextTokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How texts are cut, and what the documentation says of scripts, numbers and identifiers. */
class CutTest {
  private static List<TextToken> tokens(TextAnalysis analysis, String text) {
    return new LanguageAnalyzer(analysis).tokens(text);
  }

  private static List<String> words(String text) {
    return new LanguageAnalyzer(TextAnalysis.DEFAULT).terms(text);
  }

  private static TextAnalysis cut(TextTokenizer tokenizer, boolean folding, int longest) {
    return new TextAnalysis("english", tokenizer, false, false, false, folding, longest, 1.2, 0.75);
  }

  @Test
  void chineseJapaneseAndKoreanAreFoundByPairsOfCharacters() {
    assertThat(words("\u6570\u636e\u5e93")).containsExactly("\u6570\u636e", "\u636e\u5e93");
    assertThat(words("\u6570")).containsExactly("\u6570");
    assertThat(words("\u30c7\u30fc\u30bf")).containsExactly("\u30c7\u30fc", "\u30fc\u30bf");
    assertThat(words("\ud55c\uad6d\uc5b4")).containsExactly("\ud55c\uad6d", "\uad6d\uc5b4");
    assertThat(words("Java \u6570\u636e 21")).containsExactly("java", "\u6570\u636e", "21");
    assertThat(tokens(TextAnalysis.DEFAULT, "a \u6570\u636e\u5e93"))
        .containsExactly(
            new TextToken("\u6570\u636e", 1, 2, 4), new TextToken("\u636e\u5e93", 2, 3, 5));
  }

  @Test
  void anEmojiIsAWord() {
    assertThat(words("good \ud83d\ude00 \ud83d\udc69\u200d\ud83d\ude80"))
        .containsExactly("good", "\ud83d\ude00", "\ud83d\udc69\u200d\ud83d\ude80");
  }

  @Test
  void numbersAndIdentifiersAreCutAsTheDocumentationSays() {
    assertThat(words("user-7 user_7 3.5 1,000 v2 0x1F"))
        .containsExactly("user", "7", "user_7", "3.5", "1,000", "v2", "0x1f");
  }

  @Test
  void whiteSpaceCutsAndNothingElseDoes() {
    assertThat(tokens(cut(new TextTokenizer.Whitespace(), false, 255), " User-ID:7 (a,b)"))
        .extracting(TextToken::term)
        .containsExactly("user-id:7", "(a,b)");
    assertThat(tokens(cut(new TextTokenizer.Keyword(), false, 255), " A b "))
        .containsExactly(new TextToken(" a b ", 0, 0, 5));
    assertThat(tokens(cut(new TextTokenizer.Keyword(), false, 255), "x".repeat(256))).isEmpty();
  }

  @Test
  void piecesStayWithinWhatLiesBetweenWhiteSpace() {
    assertThat(tokens(cut(new TextTokenizer.Ngrams(2, 3), false, 255), "Abc d"))
        .extracting(TextToken::term)
        .containsExactly("ab", "abc", "bc");
  }

  @Test
  void accentsAreFoldedAtTheEnd() {
    assertThat(
            tokens(
                cut(new TextTokenizer.Words(), true, 255), "r\u00e9sum\u00e9 Stra\u00dfe \u0142"))
        .extracting(TextToken::term)
        .containsExactly("resume", "strasse", "l");
  }

  @Test
  void longWordsAreDroppedOrCut() {
    String longer = "x".repeat(300);
    assertThat(words(longer)).extracting(String::length).containsExactly(255, 45);
    assertThat(tokens(cut(new TextTokenizer.Words(), false, 10), longer + " short"))
        .extracting(TextToken::term)
        .containsExactly("short");
  }
}
