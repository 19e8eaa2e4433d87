package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Strings;
import java.util.ArrayList;
import java.util.List;

/**
 * A glob pattern, matched in time that grows with the length of the text alone. Immutable.
 *
 * <p>The stars cut a glob into pieces of fixed length. The first one has to fit at the beginning of
 * a text and the last one at its end. Taking each piece between at the first place where it fits
 * never rules out a match, so the text is read once.
 */
public final class Glob {
  /** What stands between the stars; one more than there are stars. */
  private final List<GlobPiece> pieces;

  private Glob(List<GlobPiece> pieces) {
    this.pieces = pieces;
  }

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when it is too long, or a class is not closed
   *     or not valid
   */
  public static Glob compile(String glob) {
    int[] points = glob.codePoints().toArray();
    if (points.length > Filter.MAX_GLOB_LENGTH) {
      throw ElacsymException.invalid(
          "glob '"
              + Strings.shown(glob)
              + "' has "
              + points.length
              + " characters, expected at most "
              + Filter.MAX_GLOB_LENGTH);
    }
    List<GlobPiece> pieces = new ArrayList<>();
    List<GlobPiece.Part> piece = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      switch (points[i]) {
        case '*' -> {
          pieces.add(new GlobPiece(piece));
          piece = new ArrayList<>();
        }
        case '?' -> piece.add(GlobPiece.Part.ANY);
        case '\\' -> {
          if (++i == points.length) {
            throw invalid(glob, "ends with a single \\");
          }
          piece.add(GlobPiece.Part.of(points[i]));
        }
        case '[' -> {
          int end = classEnd(points, i + 1);
          if (end < 0) {
            throw invalid(glob, "has a [ without ]");
          }
          piece.add(characterClass(glob, points, i + 1, end));
          i = end;
        }
        default -> piece.add(GlobPiece.Part.of(points[i]));
      }
    }
    pieces.add(new GlobPiece(piece));
    return new Glob(List.copyOf(pieces));
  }

  /** Where the bracket is that closes a class: one that comes first is a member. */
  private static int classEnd(int[] points, int start) {
    int first = start < points.length && points[start] == '!' ? start + 1 : start;
    for (int i = first + 1; i < points.length; i++) {
      if (points[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  private static GlobPiece.Part characterClass(String glob, int[] points, int start, int end) {
    boolean not = points[start] == '!';
    List<GlobPiece.Range> ranges = new ArrayList<>();
    for (int i = not ? start + 1 : start; i < end; i++) {
      int from = points[i];
      int to = from;
      if (i + 2 < end && points[i + 1] == '-') {
        to = points[i + 2];
        i += 2;
      }
      if (from > to) {
        throw invalid(glob, "has a range whose end comes before its beginning");
      }
      ranges.add(new GlobPiece.Range(from, to));
    }
    return new GlobPiece.Part(List.copyOf(ranges), not);
  }

  private static ElacsymException invalid(String glob, String why) {
    return ElacsymException.invalid("glob '" + Strings.shown(glob) + "' " + why);
  }

  /** Whether a text fits as a whole. */
  boolean matches(String text) {
    GlobPiece first = pieces.getFirst();
    int at = first.endAt(text, 0);
    if (at < 0) {
      return false;
    }
    if (pieces.size() == 1) {
      return at == text.length();
    }
    GlobPiece last = pieces.getLast();
    int end = last.startOfLast(text);
    if (end < at || last.endAt(text, end) != text.length()) {
      return false;
    }
    for (GlobPiece piece : pieces.subList(1, pieces.size() - 1)) {
      at = piece.find(text, at, end);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }
}
