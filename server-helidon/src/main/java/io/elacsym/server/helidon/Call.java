package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Strings;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, as an endpoint sees it.
 *
 * @param parameters texts in the path's braces, decoded
 * @param query parameters after the question mark, decoded; the last one of a name
 * @param body the body, bounded; {@code {}} when an optional one is missing
 * @param start {@link System#nanoTime} when the request came
 */
record Call(
    Map<String, String> parameters, Map<String, String> query, InputStream body, long start) {
  /** The same call with its body. */
  Call with(InputStream whole) {
    return new Call(parameters, query, whole, start);
  }

  /** The text in the path's braces. */
  String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no {" + name + "}");
    }
    return value;
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A whole number of the query part. */
  int query(String name, int min, int max, int otherwise) {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    String digits = text.get();
    if (digits.matches("\\d{1,9}")) {
      int value = Integer.parseInt(digits);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw ElacsymException.invalid(
        "query parameter "
            + name
            + " is '"
            + Strings.shown(digits)
            + "', expected a whole number from "
            + min
            + " to "
            + max);
  }

  /** Refuses query parameters of other names. */
  void allowQuery(List<String> names) {
    for (String name : query.keySet()) {
      if (!names.contains(name)) {
        throw ElacsymException.invalid(
            "unknown query parameter '"
                + Strings.shown(name)
                + "'; known are "
                + String.join(", ", names));
      }
    }
  }

  /** Whole milliseconds since the request came. */
  long tookMillis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
