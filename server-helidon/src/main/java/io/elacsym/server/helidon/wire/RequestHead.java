package io.elacsym.server.helidon.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request without its body, checked.
 *
 * @param method a token, in the case it came in: methods are told apart by case
 * @param path as it came, beginning with a slash
 * @param query as it came, without the question mark; empty when there is none
 * @param host from the target or the Host field; empty only in HTTP/1.0
 * @param old whether it is HTTP/1.0
 * @param fields all lines but the first
 */
public record RequestHead(
    String method,
    String path,
    String query,
    String host,
    boolean old,
    List<Field> fields,
    Framing framing) {
  /** The value of a field; the first one if it is there more than once. */
  public Optional<String> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
  }

  /** The values of a field that is a list, in lower case, from all lines of that name. */
  public List<String> list(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .flatMap(field -> Arrays.stream(field.value().split(",")))
        .map(element -> element.strip().toLowerCase(Locale.ROOT))
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /** Whether the client wants no further answer on this connection, or cannot say so. */
  boolean last() {
    return old || list("connection").contains("close");
  }

  /** Whether the client waits for a word before it sends the body. */
  boolean expectsContinue() {
    return !old && !(framing instanceof Framing.None) && field("expect").isPresent();
  }

  /** The path with the query, as it came. */
  String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** Fields that are of no concern to this connection alone. */
  Stream<Field> endToEnd() {
    return fields.stream().filter(field -> !HeadRules.ours(field.name()));
  }
}
