package io.elacsym.engine.filter;

import io.elacsym.engine.model.Deadline;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What stands between two stars of a glob: parts that take one character each. It is searched for
 * with one bit for each part, all of which are moved on at once for each character of the text
 * (Baeza-Yates and Gonnet, "A new approach to text searching", 1992). Immutable.
 */
final class GlobPiece {
  private static final int CHARS_BETWEEN_CHECKS = 1 << 13;

  /** Code points from one to another, both included. */
  record Range(int from, int to) {}

  /**
   * What takes one character.
   *
   * @param not whether it takes those that are in no range
   */
  record Part(List<Range> ranges, boolean not) {
    static final Part ANY = new Part(List.of(), true);

    static Part of(int point) {
      return new Part(List.of(new Range(point, point)), false);
    }

    boolean takes(int point) {
      for (Range range : ranges) {
        if (range.from() <= point && point <= range.to()) {
          return !not;
        }
      }
      return not;
    }
  }

  private final Part[] parts;
  private final int words;

  /**
   * The first code point of each kind, ascending from 0. Code points of one kind are neighbours
   * that the same parts take.
   */
  private final int[] kinds;

  /** For each kind the parts that take it, as bits. */
  private final long[][] takers;

  GlobPiece(List<Part> parts) {
    this.parts = parts.toArray(Part[]::new);
    this.words = (parts.size() + 63) / 64;
    TreeSet<Integer> borders = new TreeSet<>(List.of(0));
    for (Part part : parts) {
      for (Range range : part.ranges()) {
        borders.add(range.from());
        borders.add(range.to() + 1);
      }
    }
    this.kinds = borders.stream().mapToInt(Integer::intValue).toArray();
    this.takers = new long[kinds.length][words];
    for (int kind = 0; kind < kinds.length; kind++) {
      for (int part = 0; part < this.parts.length; part++) {
        if (this.parts[part].takes(kinds[kind])) {
          takers[kind][part >> 6] |= 1L << part;
        }
      }
    }
  }

  private long[] takers(int point) {
    int found = Arrays.binarySearch(kinds, point);
    return takers[found >= 0 ? found : -found - 2];
  }

  /** Where the piece ends if it begins here; -1 when it does not fit. */
  int endAt(String text, int from) {
    int at = from;
    for (Part part : parts) {
      if (at == text.length()) {
        return -1;
      }
      int point = text.codePointAt(at);
      if (!part.takes(point)) {
        return -1;
      }
      at += Character.charCount(point);
    }
    return at;
  }

  /** Where the piece has to begin to end with the text; -1 when the text is too short. */
  int startOfLast(String text) {
    int at = text.length();
    for (int left = parts.length; left > 0; left--) {
      if (at == 0) {
        return -1;
      }
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  /** Where the piece ends at its first place between two indexes; -1 when it is nowhere there. */
  int find(String text, int from, int to) {
    if (parts.length == 0) {
      return from;
    }
    long[] reached = new long[words];
    long last = 1L << (parts.length - 1);
    int unchecked = CHARS_BETWEEN_CHECKS / words;
    for (int at = from; at < to; ) {
      if (--unchecked < 0) {
        unchecked = CHARS_BETWEEN_CHECKS / words;
        Deadline.check();
      }
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      long[] taken = takers(point);
      long carry = 1;
      for (int word = 0; word < words; word++) {
        long before = reached[word];
        reached[word] = ((before << 1) | carry) & taken[word];
        carry = before >>> 63;
      }
      if ((reached[words - 1] & last) != 0) {
        return at;
      }
    }
    return -1;
  }
}
