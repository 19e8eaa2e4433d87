package io.elacsym.server.helidon.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a head must be (RFC 9112). It is strict where two readers could read two requests in the
 * same bytes: a proxy in front of us and we must never disagree.
 */
final class HeadRules {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[0-9A-Za-z._~!$&'()*+,;=%-]{1,255})(:[0-9]{0,5})?");
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i:https?)://([^/?#]*)(/[^?]*)?(\\?.*)?");

  /** All that may stand in a path or a query besides percent signs with two digits behind them. */
  private static final String TARGET =
      "-._~!$&'()*+,;=:@/?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** Fields that concern this connection alone, and so are not handed on. */
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeadRules() {}

  static boolean ours(String field) {
    return OURS.contains(field);
  }

  /**
   * Checks a head.
   *
   * @param first the request line
   * @param lines the lines behind it, up to the empty one
   * @throws Refusal naming what is wrong
   */
  static RequestHead check(String first, List<String> lines) {
    String[] parts = first.split(" ", -1);
    if (parts.length != 3) {
      throw Refusal.malformed(
          "the request line is '"
              + Refusal.shown(first)
              + "', expected a method, a path and HTTP/1.1 with one space between them");
    }
    if (!TOKEN.matcher(parts[0]).matches()) {
      throw Refusal.malformed(
          "the method is '" + Refusal.shown(parts[0]) + "', expected a word such as GET");
    }
    boolean old = old(parts[2]);
    List<Field> fields = new ArrayList<>();
    for (String line : lines) {
      fields.add(field(line));
    }
    Framing framing = framing(fields, old);
    checkExpect(fields);
    String host = host(fields, old);
    Matcher absolute = ABSOLUTE.matcher(parts[1]);
    if (absolute.matches()) {
      String path = Optional.ofNullable(absolute.group(2)).orElse("/");
      String query = Optional.ofNullable(absolute.group(3)).orElse("");
      return head(parts[0], path + query, checkHost(absolute.group(1)), old, fields, framing);
    }
    return head(parts[0], parts[1], host, old, fields, framing);
  }

  private static RequestHead head(
      String method, String target, String host, boolean old, List<Field> fields, Framing framing) {
    checkTarget(target);
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return new RequestHead(method, path, query, host, old, List.copyOf(fields), framing);
  }

  private static boolean old(String version) {
    if (version.equals("HTTP/1.1") || version.equals("HTTP/1.0")) {
      return version.equals("HTTP/1.0");
    }
    if (VERSION.matcher(version).matches()) {
      throw new Refusal(
          505, "invalid_request", "the version is " + version + ", expected HTTP/1.1 or HTTP/1.0");
    }
    throw Refusal.malformed(
        "the version is '" + Refusal.shown(version) + "', expected HTTP/1.1 or HTTP/1.0");
  }

  private static void checkTarget(String target) {
    if (!target.startsWith("/")) {
      throw Refusal.malformed(
          "the path is '" + Refusal.shown(target) + "', expected one that begins with a slash");
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '%') {
        if (!digit(target, i + 1) || !digit(target, i + 2)) {
          throw Refusal.malformed(
              "'"
                  + Refusal.shown(target.substring(i, Math.min(target.length(), i + 3)))
                  + "' in the path or query, expected two hexadecimal digits after %");
        }
      } else if (TARGET.indexOf(c) < 0) {
        throw Refusal.malformed(
            "the path or query has the byte 0x"
                + Integer.toHexString(c)
                + " at "
                + i
                + ", expected it percent-encoded");
      }
    }
  }

  private static boolean digit(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }

  /** A line of the head, or of the trailers behind a body in chunks. */
  static Field field(String line) {
    if (line.startsWith(" ") || line.startsWith("\t")) {
      throw Refusal.malformed("a header line begins with white space, expected one line a header");
    }
    int colon = line.indexOf(':');
    if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
      throw Refusal.malformed(
          "a header line is '" + Refusal.shown(line) + "', expected a name, a colon and a value");
    }
    String name = line.substring(0, colon);
    for (int i = colon + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw Refusal.malformed(
            "header " + name + " has the byte 0x" + Integer.toHexString(c) + ", expected text");
      }
    }
    return new Field(name.toLowerCase(Locale.ROOT), trimmed(line.substring(colon + 1)));
  }

  /** Without the white space that HTTP allows around a part, and no other. */
  static String trimmed(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && white(value.charAt(from))) {
      from++;
    }
    while (to > from && white(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean white(char c) {
    return c == ' ' || c == '\t';
  }

  private static List<String> values(List<Field> fields, String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
  }

  private static Framing framing(List<Field> fields, boolean old) {
    List<String> lengths = values(fields, "content-length");
    List<String> encodings = values(fields, "transfer-encoding");
    if (!encodings.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw Refusal.malformed(
            "the request has Transfer-Encoding and Content-Length, expected one of them");
      }
      if (old) {
        throw Refusal.malformed("the request has Transfer-Encoding, which HTTP/1.0 does not have");
      }
      if (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
        throw Refusal.malformed(
            "Transfer-Encoding is '"
                + Refusal.shown(String.join(", ", encodings))
                + "', expected chunked");
      }
      return new Framing.Chunked();
    }
    if (lengths.isEmpty()) {
      return new Framing.None();
    }
    if (lengths.size() > 1) {
      throw Refusal.malformed("the request has " + lengths.size() + " Content-Length, expected 1");
    }
    String digits = lengths.getFirst();
    if (!digits.matches("[0-9]{1,18}")) {
      throw Refusal.malformed(
          "Content-Length is '" + Refusal.shown(digits) + "', expected a whole number of bytes");
    }
    long bytes = Long.parseLong(digits);
    return bytes == 0 ? new Framing.None() : new Framing.Length(bytes);
  }

  private static void checkExpect(List<Field> fields) {
    for (String value : values(fields, "expect")) {
      if (!value.equalsIgnoreCase("100-continue")) {
        throw new Refusal(
            417,
            "invalid_request",
            "Expect is '" + Refusal.shown(value) + "', expected 100-continue or nothing");
      }
    }
  }

  private static String host(List<Field> fields, boolean old) {
    List<String> hosts = values(fields, "host");
    if (hosts.isEmpty() && old) {
      return "";
    }
    if (hosts.size() != 1) {
      throw Refusal.malformed("the request has " + hosts.size() + " Host headers, expected 1");
    }
    return checkHost(hosts.getFirst());
  }

  private static String checkHost(String host) {
    if (!HOST.matcher(host).matches()) {
      throw Refusal.malformed(
          "the host is '" + Refusal.shown(host) + "', expected a name or address, with its port");
    }
    return host;
  }
}
