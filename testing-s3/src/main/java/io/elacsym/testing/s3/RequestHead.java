package io.elacsym.testing.s3;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A request as it was sent, without its body.
 *
 * @param method such as {@code PUT}
 * @param target path and query, as on the wire
 * @param headers by lower-case name
 */
public record RequestHead(String method, String target, Map<String, String> headers) {
  static RequestHead parse(String text) {
    String[] lines = text.split("\r\n");
    String[] words = lines[0].split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    return new RequestHead(words[0], words.length > 1 ? words[1] : "", Map.copyOf(headers));
  }

  /** Requests with this method. */
  public static Predicate<RequestHead> of(String method) {
    return request -> request.method().equals(method);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether the body has this checksum, such as {@code crc32}, before it or behind it. */
  public boolean hasChecksum(String algorithm) {
    String name = "x-amz-checksum-" + algorithm;
    return header(name).isPresent() || header("x-amz-trailer").filter(name::equals).isPresent();
  }
}
