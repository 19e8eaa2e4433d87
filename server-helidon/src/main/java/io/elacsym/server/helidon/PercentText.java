package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Strings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text of a path or a query, which is percent-encoded UTF-8. */
final class PercentText {
  private PercentText() {}

  /**
   * Decodes a part of a path, where a plus is a plus.
   *
   * @param part with two hexadecimal digits after each percent sign
   * @throws ElacsymException when the bytes are not UTF-8
   */
  static String decode(String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(part, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw ElacsymException.invalid(
          "the path or query has '" + Strings.shown(part) + "', expected percent-encoded UTF-8");
    }
  }

  /** Parameters of a query, decoded; the last one of a name. One without {@code =} is empty. */
  static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.put(decodeForm(name), decodeForm(value));
      }
    }
    return parameters;
  }

  /** As forms are encoded, where a plus is a space. */
  private static String decodeForm(String text) {
    return decode(text.replace("+", "%20"));
  }
}
