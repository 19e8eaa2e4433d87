package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * What a text query asks for. Each part is analysed as the field is in which it is looked for. A
 * part without words, because all of them are stop words, asks for nothing: it is left out of the
 * group in which it stands, and by itself it finds nothing.
 */
public sealed interface TextExpression {
  /** How deep groups may be nested, and how many parts a query may have. */
  int MAX_DEPTH = 8;

  int MAX_PARTS = 256;

  /** Where it stands in the request. */
  Place place();

  /** Any of some words, with nothing more to it. */
  static Words words(String text) {
    return new Words(
        Place.named("full_text"), text, Minimum.ONE, false, Optional.empty(), Expansion.DEFAULT);
  }

  /**
   * The words of a text.
   *
   * @param minimum how many of them a document must have
   * @param lastAsPrefix whether the last word is found by how it begins, as one that is still being
   *     typed; it is then found as a whole word, too
   * @param fuzzy whether and how words may be spelled in another way
   * @param expansions how many terms the last word stands for at most, as a prefix; 1 to {@link
   *     Expansion#MAX}
   */
  record Words(
      Place place,
      String text,
      Minimum minimum,
      boolean lastAsPrefix,
      Optional<Fuzziness> fuzzy,
      int expansions)
      implements TextExpression {}

  /**
   * The words of a text one after the other.
   *
   * @param slop how far they may be moved altogether, 0 to {@link #MAX_SLOP}: a phrase never
   *     reaches from one value of an array into the next
   */
  record Phrase(Place place, String text, int slop) implements TextExpression {
    public static final int MAX_SLOP = 50;
  }

  /**
   * A term as the index has it: nothing is done to the text.
   *
   * @param term not empty
   */
  record Exact(Place place, String term) implements TextExpression {}

  /**
   * Several parts together. A document must have all that is required, as many of the optional
   * parts as are wanted, and nothing that is excluded.
   *
   * @param required with {@code optional} at least one
   * @param minimum how many of the optional parts a document must have
   */
  record Group(
      Place place,
      List<TextExpression> required,
      List<TextExpression> optional,
      Minimum minimum,
      List<TextExpression> excluded)
      implements TextExpression {
    public Group {
      required = List.copyOf(required);
      optional = List.copyOf(optional);
      excluded = List.copyOf(excluded);
    }
  }

  /**
   * A part that counts more than others, or less.
   *
   * @param boost {@link #MIN_BOOST} to {@link #MAX_BOOST}
   */
  record Boosted(Place place, TextExpression part, double boost) implements TextExpression {
    public static final double MIN_BOOST = 1e-3;
    public static final double MAX_BOOST = 1e3;
  }
}
