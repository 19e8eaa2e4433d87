package io.elacsym.benchmarks.measure;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What recall costs.
 *
 * @param points any number, in any order
 */
public record Curve(List<Point> points) {
  /**
   * One setting.
   *
   * @param setting what was set, such as {@code effort 40}
   * @param recall 0 to 1
   * @param micros mean time of a query
   */
  public record Point(String setting, double recall, double micros) {}

  public Curve {
    points = List.copyOf(points);
  }

  /**
   * The time at a recall, in microseconds: linear between the two points around it among those that
   * no other point beats in both recall and time. Empty when no point reaches it; of a curve whose
   * cheapest point has more recall, that point's time.
   */
  public OptionalDouble microsAt(double recall) {
    List<Point> best = frontier();
    for (int i = 0; i < best.size(); i++) {
      Point above = best.get(i);
      if (above.recall() < recall) {
        continue;
      }
      if (i == 0 || above.recall() == recall) {
        return OptionalDouble.of(above.micros());
      }
      Point below = best.get(i - 1);
      double share = (recall - below.recall()) / (above.recall() - below.recall());
      return OptionalDouble.of(below.micros() + share * (above.micros() - below.micros()));
    }
    return OptionalDouble.empty();
  }

  /** The points that no other one beats in both recall and time, by recall. */
  public List<Point> frontier() {
    return points.stream()
        .filter(point -> points.stream().noneMatch(other -> beats(other, point)))
        .sorted(Comparator.comparingDouble(Point::recall))
        .toList();
  }

  private static boolean beats(Point a, Point b) {
    return a.recall() >= b.recall()
        && a.micros() <= b.micros()
        && (a.recall() > b.recall() || a.micros() < b.micros());
  }
}
