package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * How the hits of a text query show where they have what was asked for.
 *
 * @param place where it stands in the request
 * @param fields of the text query; empty for all of them
 * @param fragments how many pieces of each text come back at most, 1 to {@link #MAX_FRAGMENTS}
 * @param fragmentSize about how many characters each has, {@link #MIN_FRAGMENT_SIZE} to {@link
 *     #MAX_FRAGMENT_SIZE}
 * @param before what stands before each mark, at most {@link #MAX_TAG} characters
 * @param after what stands behind it, likewise
 * @param escaping whether the text between is escaped as HTML
 */
public record Highlight(
    Place place,
    Optional<List<Field>> fields,
    int fragments,
    int fragmentSize,
    String before,
    String after,
    boolean escaping) {
  public static final int DEFAULT_FRAGMENTS = 3;
  public static final int MAX_FRAGMENTS = 20;
  public static final int DEFAULT_FRAGMENT_SIZE = 150;
  public static final int MIN_FRAGMENT_SIZE = 10;
  public static final int MAX_FRAGMENT_SIZE = 1_000;
  public static final int MAX_TAG = 64;

  /** So many characters of a field of a document are looked at, and no more. */
  public static final int MOST_LOOKED_AT = 100_000;

  /** All fields of the query, with {@code <em>} around each mark. */
  public static final Highlight DEFAULT =
      new Highlight(
          Place.named("highlight"),
          Optional.empty(),
          DEFAULT_FRAGMENTS,
          DEFAULT_FRAGMENT_SIZE,
          "<em>",
          "</em>",
          true);

  /** A field, and where its name stands. */
  public record Field(Place place, String name) {}
}
