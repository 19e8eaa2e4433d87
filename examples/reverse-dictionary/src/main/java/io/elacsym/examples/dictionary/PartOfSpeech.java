package io.elacsym.examples.dictionary;

import java.util.Locale;
import net.sf.extjwnl.data.POS;

/** The four word classes of WordNet, each with the digit that leads the ids of its documents. */
enum PartOfSpeech {
  NOUN(1, POS.NOUN),
  VERB(2, POS.VERB),
  ADJECTIVE(3, POS.ADJECTIVE),
  ADVERB(4, POS.ADVERB);

  /** Offsets in WordNet's files have eight digits, so the ninth is free for the word class. */
  private static final long OFFSET_SPAN = 100_000_000L;

  private final int digit;
  private final POS wordNetName;

  PartOfSpeech(int digit, POS wordNetName) {
    this.digit = digit;
    this.wordNetName = wordNetName;
  }

  POS wordNetName() {
    return wordNetName;
  }

  /** The name used in documents and filters, such as {@code verb}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The document id of the synset at {@code offset} in this word class's file. */
  long documentId(long offset) {
    if (offset < 0 || offset >= OFFSET_SPAN) {
      throw new IllegalArgumentException(
          "synset offset " + offset + ": expected at most eight digits");
    }
    return digit * OFFSET_SPAN + offset;
  }
}
