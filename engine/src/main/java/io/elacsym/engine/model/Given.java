package io.elacsym.engine.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a request gives where a value is expected, before anybody has asked of which type it must
 * be. A {@link Value} may be given as it is, or as the nearest thing that JSON has: a whole number
 * for any number or a time, a string for a time or a UUID. The other forms are here so that whoever
 * knows the type can say what is wrong with them.
 */
public sealed interface Given
    permits Value, Given.Huge, Given.Listing, Given.Members, Given.Incoming, Given.Other {

  /** A whole number of more than 64 bits; only a float can be made of it. */
  record Huge(BigInteger value) implements Given {}

  /** An array with an element that is no scalar value; others are a {@link Value.Array}. */
  record Listing(List<Given> elements) implements Given {
    public Listing {
      elements = List.copyOf(elements);
    }
  }

  /** An object; what it has under a key is nothing that has parts. */
  record Members(SequencedMap<String, Given> byKey) implements Given {
    public Members {
      byKey = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byKey));
    }
  }

  /**
   * In the place of a value in a {@linkplain WriteConditions condition of a write}: what the change
   * brings for an attribute.
   */
  record Incoming(String attribute) implements Given {}

  /**
   * Something that no value can be made of, such as an object in an object.
   *
   * @param shown as a message may repeat it
   */
  record Other(String shown) implements Given {
    /** What an attribute of a document is given when it shall have no value. */
    public static final Other NULL = new Other("null");
  }

  /** What was given, as a message may repeat it. */
  static String shown(Given given) {
    return switch (given) {
      case Value.Text text -> '"' + Strings.shown(text.value()) + '"';
      case Value.Int number -> Long.toString(number.value());
      case Value.Uint number -> Long.toUnsignedString(number.value());
      case Value.Real number -> Double.toString(number.value());
      case Value.Bool flag -> Boolean.toString(flag.value());
      case Value.DateTime time -> Instant.ofEpochMilli(time.epochMillis()).toString();
      case Value.Uuid uuid -> uuid.value().toString();
      case Value.Geo point ->
          "{\"lat\":" + point.latitudeDegrees() + ",\"lon\":" + point.longitudeDegrees() + "}";
      case Value.Array array -> "an array";
      case Huge number -> Strings.shown(number.value().toString());
      case Listing list -> "an array";
      case Incoming incoming -> "{\"new\": \"" + Strings.shown(incoming.attribute()) + "\"}";
      case Members members -> "an object";
      case Other other -> other.shown();
    };
  }
}
