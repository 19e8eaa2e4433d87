package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Place;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The keys of writes that say how they are done. They may come before or after what is written, so
 * they are gathered one by one while the request is read. For one request.
 */
final class WriteOptions {
  static final String IF = "if";
  static final String IF_ABSENT = "if_absent";
  static final String RETURN_IDS = "return_ids";
  static final String ALLOW_PARTIAL = "allow_partial";

  private final List<String> known;
  private Optional<Filter> condition = Optional.empty();
  private boolean createsAbsent = true;
  private boolean returnsIds;
  private boolean partial;

  /**
   * @param known every key that the request may have
   */
  WriteOptions(List<String> known) {
    this.known = known;
  }

  /**
   * Reads an option.
   *
   * @param parser stands on its value
   * @throws ElacsymException {@code INVALID_REQUEST} when the request has no such key
   */
  void read(String key, JsonParser parser) throws IOException {
    if (!known.contains(key)) {
      throw Fields.unknown(Place.ROOT, key, known);
    }
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    Place place = Place.ROOT.field(key);
    switch (key) {
      case IF -> condition = Optional.of(FilterJson.read(Json.tree(parser), place));
      case IF_ABSENT -> createsAbsent = createsAbsent(parser, place);
      case RETURN_IDS -> returnsIds = flag(parser, place);
      case ALLOW_PARTIAL -> partial = flag(parser, place);
      default -> throw new IllegalArgumentException(key + " is no option");
    }
  }

  private static boolean createsAbsent(JsonParser parser, Place place) throws IOException {
    String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    return switch (text) {
      case "create" -> true;
      case "skip" -> false;
      default -> throw wrong(parser, place, "\"create\" or \"skip\"");
    };
  }

  private static boolean flag(JsonParser parser, Place place) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong(parser, place, "true or false");
    };
  }

  private static ElacsymException wrong(JsonParser parser, Place place, String expectation)
      throws IOException {
    return ElacsymException.invalid(
        place + " is " + Json.shown(parser) + ", expected " + expectation);
  }

  /** What must hold of a document that is there for it to be changed. */
  Optional<Filter> condition() {
    return condition;
  }

  /** Whether documents that are not there are made. */
  boolean createsAbsent() {
    return createsAbsent;
  }

  boolean returnsIds() {
    return returnsIds;
  }

  /** Whether a change by filter may be done in part. */
  boolean partial() {
    return partial;
  }

  /** A change by filter has its condition in the filter. */
  void requireNoCondition() {
    if (condition.isPresent()) {
      throw ElacsymException.invalid(
          "if stands beside filter, expected it in the filter, with a group of type and");
    }
  }

  /** What names its documents is always done whole. */
  void requireWhole(String named) {
    if (partial) {
      throw ElacsymException.invalid(
          "allow_partial is true beside " + named + ", expected it beside filter only");
    }
  }
}
