package io.elacsym.api.index;

import java.util.List;

/** Turns text into terms. Safe for use by many threads. */
public interface TextAnalyzer {
  /** The terms in their order, repeats included; may be empty. */
  List<String> terms(String text);
}
