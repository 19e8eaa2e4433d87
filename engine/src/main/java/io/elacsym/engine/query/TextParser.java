package io.elacsym.engine.query;

import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextToken;
import io.elacsym.engine.model.Fuzziness;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.plugin.TextPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Analyses a text query as one field is analysed. */
final class TextParser {
  private final TextField field;
  private final TextPlugin plugin;
  private final TextAnalyzer analyzer;

  TextParser(TextField field, TextPlugin plugin) {
    this.field = field;
    this.plugin = plugin;
    this.analyzer = plugin.analyzer(field);
  }

  /** For words that are still being typed, of which nobody knows the stem. */
  private TextAnalyzer wholeWords() {
    return plugin.analyzer(new TextField(field.name(), field.analysis().ofWholeWords()));
  }

  ParsedText parse(TextExpression expression) {
    return switch (expression) {
      case TextExpression.Words words -> new ParsedText.Words(words(words), words.minimum());
      case TextExpression.Phrase phrase -> new ParsedText.Whole(phrase(phrase));
      case TextExpression.Exact exact -> new ParsedText.Whole(Optional.of(known(exact.term())));
      case TextExpression.Boosted boosted ->
          new ParsedText.Boosted(parse(boosted.part()), (float) boosted.boost());
      case TextExpression.Group group ->
          new ParsedText.Group(
              all(group.required()), all(group.optional()), group.minimum(), all(group.excluded()));
    };
  }

  private List<ParsedText> all(List<TextExpression> parts) {
    return parts.stream().map(this::parse).toList();
  }

  private List<ParsedText.Word> words(TextExpression.Words words) {
    List<TextToken> tokens = new ArrayList<>(analyzer.tokens(words.text()));
    Optional<ParsedText.Word> last = Optional.empty();
    if (words.lastAsPrefix()) {
      List<TextToken> whole = wholeWords().tokens(words.text());
      if (!whole.isEmpty()) {
        last = Optional.of(prefix(whole.getLast(), words, tokens));
      }
    }
    List<ParsedText.Word> parsed = new ArrayList<>();
    for (TextToken token : tokens) {
      parsed.add(
          new ParsedText.Word(token.start(), token.end(), word(token.term(), words.fuzzy())));
    }
    last.ifPresent(parsed::add);
    return parsed;
  }

  /**
   * The last word as a prefix, and as it is, which takes it from the others. It may have been
   * dropped as a stop word, which it is not if more is to come.
   */
  private static ParsedText.Word prefix(
      TextToken last, TextExpression.Words words, List<TextToken> tokens) {
    Optional<String> also =
        !tokens.isEmpty() && tokens.getLast().start() == last.start()
            ? Optional.of(tokens.removeLast().term())
            : Optional.empty();
    return new ParsedText.Word(
        last.start(),
        last.end(),
        new ParsedText.Open(new TermPattern.Prefix(last.term()), words.expansions(), also));
  }

  private static ParsedText.Wanted word(String term, Optional<Fuzziness> fuzzy) {
    int edits = fuzzy.map(f -> f.edits(term)).orElse(0);
    return edits == 0
        ? known(term)
        : new ParsedText.Open(
            new TermPattern.Fuzzy(term, edits, fuzzy.orElseThrow().exactPrefix()),
            fuzzy.orElseThrow().expansions(),
            Optional.empty());
  }

  private static ParsedText.Wanted known(String term) {
    return new ParsedText.Known(new TextClause.Term(term));
  }

  private Optional<ParsedText.Wanted> phrase(TextExpression.Phrase phrase) {
    List<TextToken> tokens = analyzer.tokens(phrase.text());
    if (tokens.size() < 2) {
      return tokens.stream().findFirst().map(token -> known(token.term()));
    }
    return Optional.of(
        new ParsedText.Known(
            new TextClause.Phrase(
                tokens.stream()
                    .map(token -> new TextClause.PlacedTerm(token.term(), token.position()))
                    .toList(),
                phrase.slop())));
  }
}
