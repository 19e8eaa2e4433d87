package io.elacsym.server.helidon;

import java.util.Arrays;

/**
 * Tells JSON in UTF-8 from every other Content-Type (RFC 9110, 8.3). Parameters but the charset say
 * nothing to us, so that it need not be known where the quotes of their values end.
 */
final class JsonType {
  private static final String CHARSET = "charset=";

  private JsonType() {}

  static boolean is(String contentType) {
    String[] parts = contentType.split(";", -1);
    return parts[0].strip().equalsIgnoreCase(Reply.JSON)
        && Arrays.stream(parts).skip(1).map(String::strip).allMatch(JsonType::leavesUtf8);
  }

  private static boolean leavesUtf8(String parameter) {
    if (!parameter.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
      return true;
    }
    String charset = parameter.substring(CHARSET.length());
    return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("\"utf-8\"");
  }
}
