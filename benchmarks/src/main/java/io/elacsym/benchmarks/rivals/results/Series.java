package io.elacsym.benchmarks.rivals.results;

import io.elacsym.benchmarks.measure.Curve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A curve with a name.
 *
 * @param name the contender's, and what is set where a contender has more than one curve
 * @param contender whose it is
 * @param curve recall and time
 */
public record Series(String name, String contender, Curve curve) {
  /** The curves of all points, in the order of their first ones. */
  public static List<Series> of(List<Measured> points) {
    Map<String, Map<String, List<Curve.Point>>> byContender = new LinkedHashMap<>();
    for (Measured point : points) {
      byContender
          .computeIfAbsent(point.contender(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(point.shape(), _ -> new ArrayList<>())
          .add(new Curve.Point(point.setting(), point.recall(), point.median()));
    }
    List<Series> all = new ArrayList<>();
    byContender.forEach((contender, shapes) -> {
      String first = shapes.keySet().iterator().next();
      shapes.forEach((shape, curve) -> {
        String name = shape.equals(first) ? contender : contender + ", by " + shape;
        all.add(new Series(name, contender, new Curve(curve)));
      });
    });
    return all;
  }
}
