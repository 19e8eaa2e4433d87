package io.elacsym.engine.manifest;

import static io.elacsym.engine.manifest.ManifestJson.decimal;
import static io.elacsym.engine.manifest.ManifestJson.flag;
import static io.elacsym.engine.manifest.ManifestJson.number;
import static io.elacsym.engine.manifest.ManifestJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextTokenizer;

/** How texts of an attribute become terms, as it stands in the manifest. */
final class AnalysisJson {
  private AnalysisJson() {}

  /** What is as it always was before there was a choice is not written. */
  static void write(TextAnalysis analysis, ObjectNode node) {
    node.put("language", analysis.language())
        .put("stemming", analysis.stemming())
        .put("remove_stopwords", analysis.removeStopwords())
        .put("case_sensitive", analysis.caseSensitive())
        .put("k1", analysis.k1())
        .put("b", analysis.b());
    if (!(analysis.tokenizer() instanceof TextTokenizer.Words)) {
      node.put("tokenizer", analysis.tokenizer().id());
    }
    if (analysis.tokenizer() instanceof TextTokenizer.Ngrams ngrams) {
      node.put("ngram_min", ngrams.shortest()).put("ngram_max", ngrams.longest());
    }
    if (analysis.asciiFolding()) {
      node.put("ascii_folding", true);
    }
    if (analysis.maxTokenLength() != TextAnalysis.MAX_TOKEN_LENGTH) {
      node.put("max_token_length", analysis.maxTokenLength());
    }
  }

  static TextAnalysis read(JsonNode node) {
    return new TextAnalysis(
        text(node, "language"),
        node.has("tokenizer") ? tokenizer(node) : new TextTokenizer.Words(),
        flag(node, "stemming"),
        flag(node, "remove_stopwords"),
        flag(node, "case_sensitive"),
        node.has("ascii_folding") && flag(node, "ascii_folding"),
        node.has("max_token_length")
            ? Math.toIntExact(number(node, "max_token_length"))
            : TextAnalysis.MAX_TOKEN_LENGTH,
        decimal(node, "k1"),
        decimal(node, "b"));
  }

  private static TextTokenizer tokenizer(JsonNode node) {
    String id = text(node, "tokenizer");
    return switch (id) {
      case TextTokenizer.Words.ID -> new TextTokenizer.Words();
      case TextTokenizer.Whitespace.ID -> new TextTokenizer.Whitespace();
      case TextTokenizer.Keyword.ID -> new TextTokenizer.Keyword();
      case TextTokenizer.Ngrams.ID ->
          new TextTokenizer.Ngrams(
              Math.toIntExact(number(node, "ngram_min")),
              Math.toIntExact(number(node, "ngram_max")));
      default -> throw new MalformedManifest("tokenizer is '" + id + "', which is not known");
    };
  }
}
