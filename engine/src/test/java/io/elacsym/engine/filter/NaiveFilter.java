package io.elacsym.engine.filter;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What filters mean, written down once more as plainly as can be; shares no code with the engine.
 */
public final class NaiveFilter {
  private NaiveFilter() {}

  public static boolean matches(TypedFilter filter, Document document) {
    return switch (filter) {
      case TypedFilter.And and -> and.conditions().stream().allMatch(c -> matches(c, document));
      case TypedFilter.Or or -> or.conditions().stream().anyMatch(c -> matches(c, document));
      case TypedFilter.Not not -> !matches(not.condition(), document);
      case TypedFilter.Leaf leaf -> leaf(leaf, elements(leaf.field(), document));
    };
  }

  /** Empty: the document lacks the field. */
  private static Optional<List<Value.Scalar>> elements(String field, Document document) {
    if (field.equals("id")) {
      return Optional.of(
          List.of(
              switch (document.id()) {
                case DocId.Uint uint -> new Value.Uint(uint.value());
                case DocId.Text text -> new Value.Text(text.value());
              }));
    }
    return Optional.ofNullable(document.attributes().get(field))
        .map(value ->
            switch (value) {
              case Value.Array array -> array.values();
              case Value.Scalar scalar -> List.of(scalar);
            });
  }

  private static boolean leaf(TypedFilter.Leaf leaf, Optional<List<Value.Scalar>> found) {
    List<Value.Scalar> elements = found.orElse(List.of());
    return switch (leaf) {
      case TypedFilter.Equal f -> has(elements, f.value());
      case TypedFilter.NotEqual f -> !has(elements, f.value());
      case TypedFilter.In f -> f.values().stream().anyMatch(wanted -> has(elements, wanted));
      case TypedFilter.NotIn f -> f.values().stream().noneMatch(wanted -> has(elements, wanted));
      case TypedFilter.ContainsAny f ->
          f.values().stream().anyMatch(wanted -> has(elements, wanted));
      case TypedFilter.ContainsAll f ->
          found.isPresent() && f.values().stream().allMatch(wanted -> has(elements, wanted));
      case TypedFilter.Exists f -> found.isPresent() == f.expected();
      case TypedFilter.Compare f ->
          elements.stream()
              .mapToInt(element -> compare(element, f.value()))
              .anyMatch(sign ->
                  switch (f.order()) {
                    case GREATER -> sign > 0;
                    case GREATER_OR_EQUAL -> sign >= 0;
                    case LESS -> sign < 0;
                    case LESS_OR_EQUAL -> sign <= 0;
                  });
      case TypedFilter.Substring f ->
          elements.stream().anyMatch(e -> text(e).indexOf(f.part()) >= 0);
      case TypedFilter.SubstringAny f ->
          elements.stream().anyMatch(e -> f.parts().stream().anyMatch(text(e)::contains));
      case TypedFilter.SubstringAll f ->
          elements.stream().anyMatch(e -> f.parts().stream().allMatch(text(e)::contains));
      case TypedFilter.Prefix f ->
          elements.stream().anyMatch(e -> text(e).indexOf(f.prefix()) == 0);
      case TypedFilter.Glob f ->
          elements.stream().anyMatch(e -> glob(codePoints(f.pattern()), 0, codePoints(text(e)), 0));
      case TypedFilter.Regex f ->
          elements.stream().anyMatch(e -> Pattern.compile(f.pattern()).matcher(text(e)).find());
      case TypedFilter.GeoRadius f ->
          elements.stream().anyMatch(e -> meters((Value.Geo) e, f.center()) <= f.meters());
      case TypedFilter.GeoBox f -> elements.stream().anyMatch(e -> isIn((Value.Geo) e, f.box()));
    };
  }

  private static boolean has(List<Value.Scalar> elements, Value.Scalar wanted) {
    return elements.stream().anyMatch(element -> compare(element, wanted) == 0);
  }

  /** By the chord between two points of a ball, through it. */
  private static double meters(Value.Geo a, Value.Geo b) {
    double chord = 0;
    for (int axis = 0; axis < 3; axis++) {
      chord += Math.pow(axis(a, axis) - axis(b, axis), 2);
    }
    return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(chord) / 2));
  }

  private static double axis(Value.Geo point, int axis) {
    double north = Math.toRadians(point.latitude() / 1e7);
    double east = Math.toRadians(point.longitude() / 1e7);
    return axis == 0
        ? Math.sin(north)
        : Math.cos(north) * (axis == 1 ? Math.sin(east) : Math.cos(east));
  }

  /** Goes from the west of the box to its east, and looks whether the point is on the way. */
  private static boolean isIn(Value.Geo point, TypedFilter.Box box) {
    long round = 3_600_000_000L;
    long width =
        box.west() <= box.east() ? box.east() - (long) box.west() : box.east() + round - box.west();
    long way = Math.floorMod(point.longitude() - (long) box.west(), round);
    // The same meridian again, after once round the world.
    boolean onTheWay = way <= width || width == round;
    return onTheWay && box.south() <= point.latitude() && point.latitude() <= box.north();
  }

  private static String text(Value.Scalar value) {
    return ((Value.Text) value).value();
  }

  private static int compare(Value.Scalar a, Value.Scalar b) {
    if (a instanceof Value.Geo) {
      // Points have no order that a filter could ask for.
      return a.equals(b) ? 0 : 1;
    }
    if (a instanceof Value.Text || a instanceof Value.Uuid) {
      return Arrays.compareUnsigned(bytes(a), bytes(b));
    }
    return number(a).compareTo(number(b));
  }

  private static byte[] bytes(Value.Scalar value) {
    return switch (value) {
      case Value.Text text -> text.value().getBytes(StandardCharsets.UTF_8);
      // In hexadecimal, so their order is that of the digits.
      case Value.Uuid uuid -> uuid.value().toString().getBytes(StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static BigDecimal number(Value.Scalar value) {
    return switch (value) {
      case Value.Int v -> new BigDecimal(v.value());
      case Value.Uint v -> new BigDecimal(new BigInteger(Long.toUnsignedString(v.value())));
      case Value.Real v -> new BigDecimal(v.value());
      case Value.DateTime v -> new BigDecimal(v.epochMillis());
      case Value.Bool v -> v.value() ? BigDecimal.ONE : BigDecimal.ZERO;
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }

  /** Whether the pattern from {@code p} matches the whole text from {@code t}; tries every way. */
  static boolean glob(int[] pattern, int p, int[] text, int t) {
    if (p == pattern.length) {
      return t == text.length;
    }
    if (pattern[p] == '*') {
      for (int skip = t; skip <= text.length; skip++) {
        if (glob(pattern, p + 1, text, skip)) {
          return true;
        }
      }
      return false;
    }
    if (t == text.length) {
      return false;
    }
    if (pattern[p] == '[') {
      return characterClass(pattern, p + 1, text, t);
    }
    boolean one =
        pattern[p] == '?' || (pattern[p] == '\\' ? pattern[++p] == text[t] : pattern[p] == text[t]);
    return one && glob(pattern, p + 1, text, t + 1);
  }

  private static boolean characterClass(int[] pattern, int start, int[] text, int t) {
    boolean not = pattern[start] == '!';
    int p = not ? start + 1 : start;
    boolean in = false;
    do {
      if (pattern[p + 1] == '-' && pattern[p + 2] != ']') {
        in |= pattern[p] <= text[t] && text[t] <= pattern[p + 2];
        p += 3;
      } else {
        in |= pattern[p] == text[t];
        p++;
      }
    } while (pattern[p] != ']');
    return in != not && glob(pattern, p + 1, text, t + 1);
  }
}
