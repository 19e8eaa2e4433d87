package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.Value.Geo;

/** Whether a point is in a box. The two ends of the world, 180 degrees west and east, are one. */
record BoxTest(TypedFilter.Box box) implements ElementTest {
  @Override
  public boolean passes(Value.Scalar value) {
    return value instanceof Geo point
        && box.south() <= point.latitude()
        && point.latitude() <= box.north()
        && (hasLongitude(point.longitude())
            || (isEnd(point.longitude()) && hasLongitude(-point.longitude())));
  }

  private boolean hasLongitude(int longitude) {
    return box.west() <= box.east()
        ? box.west() <= longitude && longitude <= box.east()
        : box.west() <= longitude || longitude <= box.east();
  }

  private static boolean isEnd(int longitude) {
    return Math.abs(longitude) == Geo.MAX_LONGITUDE;
  }

  @Override
  public Share between(Value.Scalar least, Value.Scalar greatest) {
    return GeoKey.share(NumberKey.of(least), NumberKey.of(greatest), this::share);
  }

  private Share share(GeoKey.Rectangle all) {
    if (all.north() < box.south() || all.south() > box.north()) {
      return Share.NONE;
    }
    boolean latitudes = box.south() <= all.south() && all.north() <= box.north();
    if (box.west() > box.east()) {
      boolean oneSide = all.west() >= box.west() || all.east() <= box.east();
      return latitudes && oneSide ? Share.ALL : Share.SOME;
    }
    boolean hasEnd = all.west() <= -Geo.MAX_LONGITUDE || all.east() >= Geo.MAX_LONGITUDE;
    if (!hasEnd && (all.east() < box.west() || all.west() > box.east())) {
      return Share.NONE;
    }
    return latitudes && box.west() <= all.west() && all.east() <= box.east()
        ? Share.ALL
        : Share.SOME;
  }
}
