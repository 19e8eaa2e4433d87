package io.elacsym.examples.dictionary;

import java.util.List;

/**
 * One meaning in the dictionary: a WordNet synset, which becomes one Elacsym document.
 *
 * @param id the document id; the same synset has the same id in every run
 * @param words all words that carry this meaning, the usual one first; at least one
 * @param partOfSpeech the word class
 * @param category WordNet's subject area, such as {@code animal}, {@code person} or {@code motion}
 * @param gloss the meaning and its example sentences
 * @param frequency how often the words have this meaning in the texts WordNet's authors tagged
 * @param mainSense whether this is what the first word usually means
 */
record Entry(
    long id,
    List<String> words,
    PartOfSpeech partOfSpeech,
    String category,
    Gloss gloss,
    int frequency,
    boolean mainSense) {

  Entry {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("entry " + id + ": expected at least one word");
    }
  }

  /** The usual word for this meaning. */
  String word() {
    return words.getFirst();
  }

  /** The text that is embedded. */
  String text() {
    return gloss.definition();
  }
}
