package io.elacsym.tck.expect;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values in messages, and whether two are the same: arrays by what is in them, floats by bits. */
public final class Shown {
  private static final int LONGEST = 300;
  private static final int BEFORE = 20;

  /** In the place of {@code null}, which is the same as no text. */
  private static final Object NOTHING =
      new Object() {
        @Override
        public String toString() {
          return "null (no value)";
        }
      };

  private Shown() {}

  /** Whether two values are the same to the last bit. */
  public static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof List<?> one && b instanceof List<?> two) {
      return one.size() == two.size() && firstDifference(one, two) < 0;
    }
    return Objects.deepEquals(plain(a), plain(b));
  }

  /** A value as text, which is cut where it is long. */
  public static String of(@Nullable Object value) {
    String text = text(value);
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "... (" + text.length() + ")";
  }

  /**
   * Two values that are not the same: "SEEN, expected EXPECTED", of long ones the parts around the
   * first difference.
   */
  public static String difference(@Nullable Object expected, @Nullable Object seen) {
    return switch (plain(expected)) {
      case List<?> list when plain(seen) instanceof List<?> other -> ofLists(list, other);
      case byte[] bytes when plain(seen) instanceof byte[] other -> ofBytes(bytes, other);
      case float[] floats when plain(seen) instanceof float[] other ->
          ofLists(list(floats), list(other));
      case String text when plain(seen) instanceof String other && isLong(text, other) ->
          ofTexts(text, other);
      default -> of(seen) + ", expected " + of(expected);
    };
  }

  private static boolean isLong(String one, String other) {
    return Math.max(one.length(), other.length()) > LONGEST;
  }

  private static String ofLists(List<?> expected, List<?> seen) {
    int at = firstDifference(expected, seen);
    if (text(expected).length() <= LONGEST && text(seen).length() <= LONGEST) {
      return text(seen) + ", expected " + text(expected);
    }
    return "a list of "
        + seen.size()
        + " whose element "
        + at
        + " is "
        + element(seen, at)
        + ", expected one of "
        + expected.size()
        + " whose element is "
        + element(expected, at);
  }

  private static String element(List<?> list, int at) {
    return at < list.size() ? of(list.get(at)) : "missing";
  }

  private static int firstDifference(List<?> one, List<?> other) {
    int shorter = Math.min(one.size(), other.size());
    for (int i = 0; i < shorter; i++) {
      if (!same(one.get(i), other.get(i))) {
        return i;
      }
    }
    return one.size() == other.size() ? -1 : shorter;
  }

  private static String ofBytes(byte[] expected, byte[] seen) {
    int at = Math.max(0, Arrays.mismatch(expected, seen));
    return seen.length
        + " bytes with "
        + hex(seen, at)
        + " from "
        + at
        + " on, expected "
        + expected.length
        + " with "
        + hex(expected, at);
  }

  private static String hex(byte[] bytes, int from) {
    return HexFormat.of()
        .formatHex(bytes, Math.min(from, bytes.length), Math.min(from + 8, bytes.length));
  }

  private static String ofTexts(String expected, String seen) {
    int at = 0;
    while (at < Math.min(expected.length(), seen.length())
        && expected.charAt(at) == seen.charAt(at)) {
      at++;
    }
    return around(seen, at) + ", expected " + around(expected, at);
  }

  private static String around(String text, int at) {
    int from = Math.max(0, at - BEFORE);
    int to = Math.min(text.length(), at + BEFORE);
    return "'" + text.substring(from, to) + "' at " + from + " of " + text.length();
  }

  private static String text(@Nullable Object value) {
    return switch (plain(value)) {
      case List<?> list -> list.stream().map(Shown::text).toList().toString();
      case byte[] bytes -> bytes.length + " bytes " + hex(bytes, 0);
      case float[] floats -> Arrays.toString(floats);
      case int[] ints -> Arrays.toString(ints);
      case Object other -> other.toString();
    };
  }

  /** Buffers as arrays, whose equality is that of bits: two zeros differ by their sign. */
  private static Object plain(@Nullable Object value) {
    return switch (value) {
      case FloatBuffer buffer -> {
        float[] floats = new float[buffer.remaining()];
        buffer.duplicate().get(floats);
        yield floats;
      }
      case ByteBuffer buffer -> {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        yield bytes;
      }
      case null -> NOTHING;
      case Object other -> other;
    };
  }

  private static List<Float> list(float[] floats) {
    List<Float> list = new ArrayList<>(floats.length);
    for (float component : floats) {
      list.add(component);
    }
    return list;
  }
}
