package io.elacsym.engine.model;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * How much memory documents and their parts take, a little more rather than less. Whoever bounds
 * memory counts with these numbers, because a document of a few bytes is made of objects of some
 * hundred.
 */
public final class Footprint {
  /** A document without its fields: itself, its id and its maps. */
  public static final long DOCUMENT = 200;

  /** What a field of a document takes besides its content: its place in a map and the value. */
  public static final long FIELD = 64;

  /** An id alone, as in a delete: with what is noted of it until the delete is durable. */
  public static final long ID = 200;

  /** What a string takes besides its characters. */
  public static final long TEXT = 40;

  private static final long ELEMENT = 32;

  private Footprint() {}

  /** A document with all that it holds. */
  public static long of(Document document) {
    return DOCUMENT + attributes(document.attributes()) + vectors(document.vectors().values());
  }

  /** The attributes of a document. */
  public static long attributes(Map<String, Value> attributes) {
    long bytes = 0;
    for (Value value : attributes.values()) {
      bytes += FIELD + content(value);
    }
    return bytes;
  }

  /** The vectors of a document. */
  public static long vectors(Collection<float[]> vectors) {
    return vectors.stream().mapToLong(vector -> vector(vector.length)).sum();
  }

  /** One vector of a document. */
  public static long vector(int dimension) {
    return FIELD + (long) dimension * Float.BYTES;
  }

  /** What is given for a value, besides its place in a map. */
  public static long content(Given given) {
    return switch (given) {
      case Value value -> content(value);
      case Given.Listing list ->
          ELEMENT + list.elements().stream().mapToLong(one -> element(content(one))).sum();
      case Given.Members members ->
          ELEMENT
              + members.byKey().entrySet().stream()
                  .mapToLong(one -> FIELD + text(one.getKey()) + content(one.getValue()))
                  .sum();
      case Given.Huge number -> TEXT + number.value().bitLength() / Byte.SIZE;
      case Given.Incoming incoming -> text(incoming.attribute());
      case Given.Other other -> text(other.shown());
    };
  }

  /** What a value takes besides its place in a map. */
  public static long content(Value value) {
    return switch (value) {
      case Value.Array array -> {
        long bytes = ELEMENT;
        for (Value.Scalar element : array.values()) {
          bytes += ELEMENT + content(element);
        }
        yield bytes;
      }
      case Value.Text text -> text(text.value());
      case Value.Uuid uuid -> 16;
      default -> 0;
    };
  }

  /** An element of an array with this much content. */
  public static long element(long content) {
    return ELEMENT + content;
  }

  /** What was computed of documents together. */
  public static long of(Aggregated aggregated) {
    long bytes = aggregated.aggregates().values().stream().mapToLong(Footprint::of).sum();
    for (Aggregated.Counts counts : aggregated.facets().values()) {
      bytes += counts.buckets().stream().mapToLong(Footprint::of).sum();
    }
    for (Aggregated.Group group :
        aggregated.groups().stream().flatMap(g -> g.groups().stream()).toList()) {
      bytes += DOCUMENT;
      bytes += group.key().values().stream().mapToLong(Footprint::place).sum();
      bytes += group.aggregates().values().stream().mapToLong(Footprint::of).sum();
    }
    return bytes;
  }

  private static long of(Aggregated.Outcome outcome) {
    return FIELD
        + switch (outcome) {
          case Aggregated.Whole(BigInteger value) -> TEXT + value.bitLength() / Byte.SIZE;
          case Aggregated.Single(Value.Scalar value) -> content(value);
          case Aggregated.Nothing() -> 0;
        };
  }

  private static long of(Aggregated.Bucket bucket) {
    return FIELD
        + switch (bucket) {
          case Aggregated.Term(Value.Scalar value, long _) -> ELEMENT + content(value);
          case Aggregated.Span span -> place(span.from()) + place(span.to());
        };
  }

  private static long place(Optional<Value.Scalar> value) {
    return FIELD + value.map(Footprint::content).orElse(0L);
  }

  /** The characters of a string: it keeps two bytes for each as soon as one needs them. */
  public static long text(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > 0xff) {
        return TEXT + 2L * length;
      }
    }
    return TEXT + length;
  }
}
