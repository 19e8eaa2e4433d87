package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value.Geo;

/**
 * How far points are from each other: along a great circle of a sphere with the mean radius of the
 * earth, by the haversine formula. The functions are those of {@link StrictMath}, so that every
 * machine finds the same points.
 */
final class GeoDistance {
  /** In metres, of the International Union of Geodesy and Geophysics. */
  static final double EARTH_RADIUS = 6_371_008.8;

  private GeoDistance() {}

  static double meters(Geo a, Geo b) {
    return meters(a, b.latitude(), b.longitude());
  }

  static double meters(Geo a, int latitude, int longitude) {
    double north = StrictMath.toRadians(a.latitudeDegrees());
    double otherNorth = StrictMath.toRadians((double) latitude / Geo.DEGREE);
    double up = StrictMath.sin((otherNorth - north) / 2);
    double round =
        StrictMath.sin(
            StrictMath.toRadians((double) ((long) longitude - a.longitude()) / Geo.DEGREE) / 2);
    double haversine = up * up + StrictMath.cos(north) * StrictMath.cos(otherNorth) * round * round;
    return 2 * EARTH_RADIUS * StrictMath.asin(Math.min(1, StrictMath.sqrt(haversine)));
  }
}
