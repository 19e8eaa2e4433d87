package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Strings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reading and writing JSON strictly, with Jackson's failures turned into ours. */
public final class Json {
  /** Deeper than any request needs; a bound on the stack of whoever walks a tree. */
  public static final int MAX_DEPTH = 200;

  /** Most characters of a string; an attribute has no more bytes. */
  public static final int MAX_STRING = Strings.MAX_BYTES;

  private static final int MAX_NAME = 4_096;
  private static final int MAX_NUMBER = 1_000;

  private static final Pattern BOUND = Pattern.compile("allowed \\((\\d+)");

  /** Such as {@code NaN}, which many programs write where they have no number. */
  private static final Pattern NO_VALUE = Pattern.compile("Non-standard token '([^']*)'");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Not to accept NaN, but to say which element of a vector it is: every reader of a number
          // here refuses what is not finite.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          // Only UTF-8 is JSON on the wire; bytes of other encodings shall not become a text.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .build();

  private Json() {}

  /** What is done with a parser that stands on the first token. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Leaves the parser on the last token of what it read. */
    T from(JsonParser parser) throws IOException;
  }

  /** What is written. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  /**
   * Reads exactly one value.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} with line and column when it is no JSON, or is
   *     followed by anything
   * @throws IOException when {@code in} fails
   */
  public static <T> T read(InputStream in, Reading<T> reading) throws IOException {
    try (JsonParser parser = FACTORY.createParser(new Utf8Input(in))) {
      return read(parser, reading);
    } catch (JsonProcessingException | CharConversionException e) {
      throw malformed(e);
    }
  }

  /** {@link #read(InputStream, Reading)} of bytes in memory. */
  public static <T> T read(byte[] bytes, Reading<T> reading) {
    try {
      return read(new ByteArrayInputStream(bytes), reading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@link #read(InputStream, Reading)} of a text in memory. */
  public static <T> T read(String text, Reading<T> reading) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return read(parser, reading);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(JsonParser parser, Reading<T> reading) throws IOException {
    if (parser.nextToken() == null) {
      throw ElacsymException.invalid("the request has no body, expected a JSON object");
    }
    T value = reading.from(parser);
    if (parser.nextToken() != null) {
      JsonLocation location = parser.currentTokenLocation();
      throw ElacsymException.invalid(
          "malformed JSON at line "
              + location.getLineNr()
              + ", column "
              + location.getColumnNr()
              + ": expected the end of the request after the object");
    }
    return value;
  }

  /** Refuses what is no object. */
  static void requireObject(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw ElacsymException.invalid("the request is " + shown(parser) + ", expected an object");
    }
  }

  /** The tree of the value the parser stands on, which must be small. */
  static JsonNode tree(JsonParser parser) throws IOException {
    return new SmallTree().read(parser);
  }

  /** What a parser stands on, short enough for a message. */
  public static String shown(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return '"' + shortened(parser.getText()) + '"';
    }
    if (token == JsonToken.START_OBJECT) {
      return "an object";
    }
    return token == JsonToken.START_ARRAY ? "an array" : shortened(parser.getText());
  }

  /** A value, short enough for a message. */
  public static String shown(JsonNode node) {
    if (node.isObject()) {
      return "an object";
    }
    if (node.isArray()) {
      return "an array";
    }
    return node.isTextual() ? '"' + shortened(node.textValue()) + '"' : shortened(node.asText());
  }

  private static String shortened(String text) {
    return Strings.shown(text);
  }

  /** UTF-8 bytes of what {@code writing} writes. */
  public static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      write(writing, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @throws IOException when {@code to} fails
   */
  public static void write(Writing writing, OutputStream to) throws IOException {
    try (JsonGenerator out =
        FACTORY.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      writing.to(out);
    }
  }

  private static ElacsymException malformed(IOException failure) {
    String place = "";
    if (failure instanceof JsonProcessingException parsing && parsing.getLocation() != null) {
      JsonLocation location = parsing.getLocation();
      place = " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
    String said = String.valueOf(failure.getMessage());
    if (failure instanceof StreamConstraintsException && said.startsWith("String value length")) {
      return new ElacsymException(
          ErrorKind.TOO_LARGE,
          "a string" + place + " is too long, expected at most " + MAX_STRING + " bytes");
    }
    return ElacsymException.invalid("malformed JSON" + place + ": " + reason(failure));
  }

  /** Why a text is no JSON, in plain words, whichever parser of Jackson says so. */
  public static String reason(IOException failure) {
    String said = String.valueOf(failure.getMessage());
    return switch (failure) {
      case JsonEOFException e -> "the text ends too early";
      case StreamConstraintsException e when said.contains("depth") ->
          "arrays and objects are nested deeper than " + bound(said);
      case StreamConstraintsException e when said.startsWith("Number") ->
          "a number has more than " + bound(said) + " digits";
      case StreamConstraintsException e when said.startsWith("Name") ->
          "a key has more than " + bound(said) + " characters";
      case StreamConstraintsException e when said.startsWith("String") ->
          "a string has more than " + bound(said) + " characters";
      case JsonProcessingException e -> plain(String.valueOf(e.getOriginalMessage()));
      default -> said;
    };
  }

  /** The number in {@code ... the maximum allowed (200, from ...)}. */
  private static String bound(String said) {
    Matcher bound = BOUND.matcher(said);
    return bound.find() ? bound.group(1) : "is allowed";
  }

  /** What Jackson says of the text, without what it says of itself. */
  private static String plain(String message) {
    Matcher odd = NO_VALUE.matcher(message);
    if (odd.lookingAt()) {
      return Strings.shown("'" + odd.group(1) + "' is no value of JSON");
    }
    String plain =
        message
            .replaceAll("(?s) \\((for |start marker|not recognized as one since).*", "")
            .replaceAll("(?s): enable `?[A-Za-z]*Feature.*", "");
    boolean internal =
        plain.contains("Feature") || plain.contains("REDACTED") || plain.contains("fasterxml");
    return internal ? "this is no JSON" : Strings.shown(plain);
  }
}
