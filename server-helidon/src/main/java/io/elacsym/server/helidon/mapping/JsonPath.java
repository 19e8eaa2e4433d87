package io.elacsym.server.helidon.mapping;

import io.elacsym.engine.model.Strings;
import org.jspecify.annotations.Nullable;

/**
 * Where in a request a value stands, such as {@code documents[3].attributes.year}. Cheap to make;
 * the text is put together only when an error needs it.
 */
public final class JsonPath {
  /** The whole request. */
  public static final JsonPath ROOT = new JsonPath(null, "", -1);

  private final @Nullable JsonPath parent;
  private final String name;
  private final int index;

  private JsonPath(@Nullable JsonPath parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  /** A place that is not in a request, such as {@code line 7}. */
  public static JsonPath named(String name) {
    return new JsonPath(null, name, -1);
  }

  public JsonPath field(String field) {
    return new JsonPath(this, field, -1);
  }

  public JsonPath index(int element) {
    return new JsonPath(this, "", element);
  }

  /** The path, or {@code the request} for the root. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text);
    return text.isEmpty() ? "the request" : text.toString();
  }

  private void append(StringBuilder text) {
    if (parent != null) {
      parent.append(text);
    }
    if (index >= 0) {
      text.append('[').append(index).append(']');
    } else if (!name.isEmpty()) {
      text.append(text.isEmpty() ? "" : ".").append(Strings.shown(name));
    }
  }
}
