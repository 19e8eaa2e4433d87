package io.elacsym.api.index;

import java.util.List;

/** Turns text into terms. Safe for use by many threads. */
@FunctionalInterface
public interface TextAnalyzer {
  /** The terms in their order, repeats included; may be empty. */
  List<TextToken> tokens(String text);

  /** The same without the places where they stand. */
  default List<String> terms(String text) {
    return tokens(text).stream().map(TextToken::term).toList();
  }
}
