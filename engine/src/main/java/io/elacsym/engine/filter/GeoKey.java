package io.elacsym.engine.filter;

import io.elacsym.engine.filter.ElementTest.Share;
import io.elacsym.engine.model.Value.Geo;
import java.util.function.Function;

/**
 * The place of points in an order in which neighbours are near each other: the bits of latitude and
 * longitude taken in turn (Morton, "A computer oriented geodetic data base", 1966). What begins
 * with the same bits is a rectangle.
 */
final class GeoKey {
  private static final int MOST_HALVINGS = 10;

  private GeoKey() {}

  /** Points from one latitude and longitude to others, all included. */
  record Rectangle(int south, int west, int north, int east) {}

  /** Keys are compared without a sign. */
  static long of(Geo point) {
    return (spread(point.latitude() ^ Integer.MIN_VALUE) << 1)
        | spread(point.longitude() ^ Integer.MIN_VALUE);
  }

  static Geo point(long key) {
    return new Geo(gather(key >>> 1) ^ Integer.MIN_VALUE, gather(key) ^ Integer.MIN_VALUE);
  }

  /**
   * How many points between two keys are in a shape, as far as rectangles tell.
   *
   * @param shape tells it of all points of a rectangle
   */
  static Share share(long least, long greatest, Function<Rectangle, Share> shape) {
    return share(least, greatest, shape, MOST_HALVINGS);
  }

  private static Share share(
      long least, long greatest, Function<Rectangle, Share> shape, int halvings) {
    Share whole = shape.apply(around(least, greatest));
    if (whole != Share.SOME || halvings == 0 || least == greatest) {
      return whole;
    }
    // What is not in both halves of the rectangle has smaller ones around it.
    long middle = greatest & (-1L << (Long.SIZE - 1 - Long.numberOfLeadingZeros(least ^ greatest)));
    Share lower = share(least, middle - 1, shape, halvings - 1);
    return lower == Share.SOME || lower != share(middle, greatest, shape, halvings - 1)
        ? Share.SOME
        : lower;
  }

  /** The smallest rectangle of the order that has all points between two keys. */
  static Rectangle around(long least, long greatest) {
    long differing = least ^ greatest;
    long free = differing == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(differing);
    Geo first = point(least & ~free);
    Geo last = point(least | free);
    return new Rectangle(first.latitude(), first.longitude(), last.latitude(), last.longitude());
  }

  /** The bits of a number at the even places of another. */
  private static long spread(int bits) {
    long x = bits & 0xffffffffL;
    x = (x | (x << 16)) & 0x0000ffff0000ffffL;
    x = (x | (x << 8)) & 0x00ff00ff00ff00ffL;
    x = (x | (x << 4)) & 0x0f0f0f0f0f0f0f0fL;
    x = (x | (x << 2)) & 0x3333333333333333L;
    return (x | (x << 1)) & 0x5555555555555555L;
  }

  private static int gather(long bits) {
    long x = bits & 0x5555555555555555L;
    x = (x | (x >>> 1)) & 0x3333333333333333L;
    x = (x | (x >>> 2)) & 0x0f0f0f0f0f0f0f0fL;
    x = (x | (x >>> 4)) & 0x00ff00ff00ff00ffL;
    x = (x | (x >>> 8)) & 0x0000ffff0000ffffL;
    return (int) (x | (x >>> 16));
  }
}
