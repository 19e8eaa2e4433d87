package io.elacsym.server.helidon.json;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextTokenizer;
import io.elacsym.engine.model.Schema;
import java.util.List;

/** Reads {@code full_text} of an attribute, where it is an object. */
final class AnalysisReader {
  static final List<String> KEYS =
      List.of(
          "language",
          "tokenizer",
          "ngram_min",
          "ngram_max",
          "stemming",
          "remove_stopwords",
          "case_sensitive",
          "ascii_folding",
          "max_token_length",
          "k1",
          "b");

  private static final List<String> TOKENIZERS =
      List.of(
          TextTokenizer.Words.ID,
          TextTokenizer.Whitespace.ID,
          TextTokenizer.Keyword.ID,
          TextTokenizer.Ngrams.ID);

  private static final int SHORTEST_NGRAM = 2;
  private static final int LONGEST_NGRAM = 3;

  private AnalysisReader() {}

  static TextAnalysis read(Fields fields) {
    TextAnalysis standard = TextAnalysis.DEFAULT;
    TextTokenizer tokenizer = tokenizer(fields);
    // What is no word has no stem, and is no stop word.
    boolean words = tokenizer instanceof TextTokenizer.Words;
    return new TextAnalysis(
        // Any language passes here: the engine asks the text plugin which ones there are.
        fields.text("language").orElse(standard.language()),
        tokenizer,
        fields.flag("stemming").orElse(words && standard.stemming()),
        fields.flag("remove_stopwords").orElse(words && standard.removeStopwords()),
        fields.flag("case_sensitive").orElse(standard.caseSensitive()),
        fields.flag("ascii_folding").orElse(standard.asciiFolding()),
        fields
            .integer("max_token_length", 1, TextAnalysis.MAX_TOKEN_LENGTH)
            .orElse(standard.maxTokenLength()),
        fields.number("k1", Math.ulp(0.0), Schema.MAX_K1).orElse(standard.k1()),
        fields.number("b", 0, 1).orElse(standard.b()));
  }

  private static TextTokenizer tokenizer(Fields fields) {
    String id = fields.text("tokenizer").orElse(TextTokenizer.Words.ID);
    if (!id.equals(TextTokenizer.Ngrams.ID)) {
      for (String key : List.of("ngram_min", "ngram_max")) {
        if (fields.has(key)) {
          throw ElacsymException.invalid(
              fields.place(key) + " is given, but the tokenizer is not ngram");
        }
      }
    }
    return switch (id) {
      case TextTokenizer.Words.ID -> new TextTokenizer.Words();
      case TextTokenizer.Whitespace.ID -> new TextTokenizer.Whitespace();
      case TextTokenizer.Keyword.ID -> new TextTokenizer.Keyword();
      case TextTokenizer.Ngrams.ID -> ngrams(fields);
      default -> throw fields.unknownWord("tokenizer", id, TOKENIZERS);
    };
  }

  private static TextTokenizer ngrams(Fields fields) {
    int shortest = fields.integer("ngram_min", 1, TextTokenizer.MAX_NGRAM).orElse(SHORTEST_NGRAM);
    int longest =
        fields
            .integer("ngram_max", shortest, TextTokenizer.MAX_NGRAM)
            .orElse(Math.max(shortest, LONGEST_NGRAM));
    return new TextTokenizer.Ngrams(shortest, longest);
  }
}
