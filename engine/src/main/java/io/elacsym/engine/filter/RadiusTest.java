package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.Value.Geo;

/** Whether a point is at most so many metres from another one. */
record RadiusTest(Geo center, double meters) implements ElementTest {
  /** Shapes are made so much larger, or smaller, that no rounding puts a point out of them. */
  private static final double MARGIN = 1;

  private static final int QUARTER = 90 * Geo.DEGREE;

  @Override
  public boolean passes(Value.Scalar value) {
    return value instanceof Geo point && GeoDistance.meters(center, point) <= meters;
  }

  @Override
  public Share between(Value.Scalar least, Value.Scalar greatest) {
    return GeoKey.share(NumberKey.of(least), NumberKey.of(greatest), this::share);
  }

  private Share share(GeoKey.Rectangle all) {
    if (isApart(all)) {
      return Share.NONE;
    }
    return isWithin(all) ? Share.ALL : Share.SOME;
  }

  /** Whether the rectangle is beside the smallest one around the circle. */
  private boolean isApart(GeoKey.Rectangle all) {
    double angle = (meters + MARGIN) / GeoDistance.EARTH_RADIUS;
    double height = StrictMath.toDegrees(angle) * Geo.DEGREE;
    if (all.south() > center.latitude() + height || all.north() < center.latitude() - height) {
      return true;
    }
    double latitude = StrictMath.toRadians(center.latitudeDegrees());
    if (angle + Math.abs(latitude) >= StrictMath.PI / 2) {
      // It has a pole in it, and so every longitude.
      return false;
    }
    double width =
        StrictMath.toDegrees(StrictMath.asin(StrictMath.sin(angle) / StrictMath.cos(latitude)))
                * Geo.DEGREE
            + 1;
    double west = center.longitude() - width;
    double east = center.longitude() + width;
    boolean acrossTheEnd = west <= -Geo.MAX_LONGITUDE || east >= Geo.MAX_LONGITUDE;
    return !acrossTheEnd && (all.east() < west || all.west() > east);
  }

  /**
   * Whether all of the rectangle is in the circle. As long as no point of it is more than a quarter
   * of the way round the earth to the east or the west, its corners are farthest.
   */
  private boolean isWithin(GeoKey.Rectangle all) {
    long west = (long) center.longitude() - all.west();
    long east = (long) all.east() - center.longitude();
    return west <= QUARTER
        && east <= QUARTER
        && Math.abs((long) all.south()) <= Geo.MAX_LATITUDE
        && Math.abs((long) all.north()) <= Geo.MAX_LATITUDE
        && hasCorner(all.south(), all.west())
        && hasCorner(all.south(), all.east())
        && hasCorner(all.north(), all.west())
        && hasCorner(all.north(), all.east());
  }

  private boolean hasCorner(int latitude, int longitude) {
    return GeoDistance.meters(center, latitude, longitude) + MARGIN <= meters;
  }
}
