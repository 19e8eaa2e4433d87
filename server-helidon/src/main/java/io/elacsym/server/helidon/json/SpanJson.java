package io.elacsym.server.helidon.json;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Strings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as text: a whole number and a unit, such as {@code 30d}. */
final class SpanJson {
  private static final Pattern SPAN = Pattern.compile("(0|[1-9][0-9]{0,14})(ms|s|m|h|d)");

  /** The largest first. */
  private static final SequencedMap<String, Duration> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", Duration.ofDays(1));
    UNITS.put("h", Duration.ofHours(1));
    UNITS.put("m", Duration.ofMinutes(1));
    UNITS.put("s", Duration.ofSeconds(1));
    UNITS.put("ms", Duration.ofMillis(1));
  }

  private SpanJson() {}

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} naming the place, the text and what was
   *     expected
   */
  static Duration read(String text, Place place) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      throw wrong(text, place);
    }
    try {
      Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
      return Duration.ofMillis(
          Math.multiplyExact(Long.parseLong(matcher.group(1)), unit.toMillis()));
    } catch (ArithmeticException e) {
      throw wrong(text, place);
    }
  }

  private static ElacsymException wrong(String text, Place place) {
    return ElacsymException.invalid(
        place
            + " is \""
            + Strings.shown(text)
            + "\", expected a whole number and ms, s, m, h or d, such as \"30d\"");
  }

  /** In the largest unit of which it is a whole number. */
  static String shown(Duration span) {
    for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
      if (span.toMillis() % unit.getValue().toMillis() == 0) {
        return span.toMillis() / unit.getValue().toMillis() + unit.getKey();
      }
    }
    throw new IllegalArgumentException(span + " is no whole number of milliseconds");
  }
}
