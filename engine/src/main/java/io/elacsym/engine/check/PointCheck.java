package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Suggestion;
import io.elacsym.engine.model.Value;
import java.util.List;

/**
 * Makes points, and shapes that points lie in, of the objects that a request gives. All fail with
 * {@code INVALID_REQUEST} naming place, value and expectation.
 */
final class PointCheck {
  private static final String LATITUDE = "lat";
  private static final String LONGITUDE = "lon";

  private PointCheck() {}

  /** An object with {@code lat} and {@code lon}. */
  static Value.Geo point(Given.Members members, Place place) {
    requireKeys(members, List.of(LATITUDE, LONGITUDE), place);
    return pointIn(members, place);
  }

  private static Value.Geo pointIn(Given.Members members, Place place) {
    return new Value.Geo(
        degrees(members, LATITUDE, Value.Geo.MAX_LATITUDE, place),
        degrees(members, LONGITUDE, Value.Geo.MAX_LONGITUDE, place));
  }

  /** A point and how far from it. */
  record Circle(Value.Geo center, double meters) {}

  static Circle circle(Given given, Place place) {
    Given.Members members = members(given, "an object with lat, lon and meters", place);
    requireKeys(members, List.of(LATITUDE, LONGITUDE, "meters"), place);
    double meters = number(members, "meters", "a number from 0", place);
    if (meters < 0) {
      throw ValueCheck.wrong(
          member(members, "meters", "a number from 0", place),
          "a number from 0",
          place.field("meters"));
    }
    return new Circle(pointIn(members, place), meters);
  }

  /** The south-western and the north-eastern corner of a box. */
  record Corners(Value.Geo southWest, Value.Geo northEast) {}

  static Corners corners(Given given, Place place) {
    Given.Members members = members(given, "an object with north, south, east and west", place);
    requireKeys(members, List.of("north", "south", "east", "west"), place);
    int south = degrees(members, "south", Value.Geo.MAX_LATITUDE, place);
    int north = degrees(members, "north", Value.Geo.MAX_LATITUDE, place);
    if (south > north) {
      throw ElacsymException.invalid(
          place + ".south is greater than " + place + ".north, expected at most as much");
    }
    return new Corners(
        new Value.Geo(south, degrees(members, "west", Value.Geo.MAX_LONGITUDE, place)),
        new Value.Geo(north, degrees(members, "east", Value.Geo.MAX_LONGITUDE, place)));
  }

  private static Given.Members members(Given given, String expectation, Place place) {
    if (given instanceof Given.Members members) {
      return members;
    }
    throw ValueCheck.wrong(given, expectation, place);
  }

  private static void requireKeys(Given.Members members, List<String> known, Place place) {
    for (String key : members.byKey().sequencedKeySet()) {
      if (!known.contains(key)) {
        throw ElacsymException.invalid(
            "unknown key '" + Strings.shown(key) + "' in " + place + Suggestion.of(key, known));
      }
    }
  }

  /** Degrees as a point has them, rounded to the nearest. */
  private static int degrees(Given.Members members, String key, int most, Place place) {
    String expectation =
        "a number from -" + most / Value.Geo.DEGREE + " to " + most / Value.Geo.DEGREE;
    double degrees = number(members, key, expectation, place);
    if (Math.abs(degrees) > (double) most / Value.Geo.DEGREE) {
      throw ValueCheck.wrong(
          member(members, key, expectation, place), expectation, place.field(key));
    }
    return (int) Math.round(degrees * Value.Geo.DEGREE);
  }

  private static double number(Given.Members members, String key, String expectation, Place place) {
    Given given = member(members, key, expectation, place);
    return ElementType.FLOAT
        .of(given)
        .map(value -> ((Value.Real) value).value())
        .orElseThrow(() -> ValueCheck.wrong(given, expectation, place.field(key)));
  }

  private static Given member(Given.Members members, String key, String expectation, Place place) {
    Given given = members.byKey().get(key);
    if (given == null) {
      throw ElacsymException.invalid(place.field(key) + " is missing, expected " + expectation);
    }
    return given;
  }
}
