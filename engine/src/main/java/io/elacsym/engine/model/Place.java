package io.elacsym.engine.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where in a request something stands, such as {@code documents[3].attributes.year}: what a message
 * calls it. Cheap to make; the text is put together only when an error needs it.
 */
public final class Place {
  /** The whole request. */
  public static final Place ROOT = new Place(null, "", -1);

  private final @Nullable Place parent;
  private final Object name;
  private final int index;

  private Place(@Nullable Place parent, Object name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  /** A place that is not in a request, such as {@code line 7}. */
  public static Place named(String name) {
    return new Place(null, name, -1);
  }

  /** Where a document stands that is known by its id alone. */
  public static Place of(DocId id) {
    return new Place(null, id, -1);
  }

  /** What an object has under a key. */
  public Place field(String key) {
    return new Place(this, key, -1);
  }

  /** An element of an array, from 0. */
  public Place index(int element) {
    return new Place(this, "", element);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place that
        && Objects.equals(parent, that.parent)
        && name.equals(that.name)
        && index == that.index;
  }

  @Override
  public int hashCode() {
    return Objects.hash(parent, name, index);
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
    } else if (name instanceof DocId id) {
      text.append("document ").append(id);
    } else if (!name.equals("")) {
      text.append(text.isEmpty() ? "" : ".").append(Strings.shown(name.toString()));
    }
  }
}
