package io.elacsym.benchmarks.rivals.results;

import io.elacsym.benchmarks.measure.Curve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * A picture of curves: recall to the right, queries a second upwards on a logarithmic scale. The
 * scale of recall is that of the misses, so that .98 and .99 are not one point. It needs no font,
 * no script and nothing else from outside.
 */
public final class CurveSvg {
  private static final int WIDTH = 1040;
  private static final int HEIGHT = 600;
  private static final int LEFT = 80;
  private static final int RIGHT = 330;
  private static final int TOP = 56;
  private static final int BOTTOM = 64;
  private static final double[] TICKS = {.8, .9, .95, .98, .99, .995, .999};
  private static final double LOWEST = .8;

  /** Where points of recall 1 are put: infinitely many digits away otherwise. */
  private static final double HIGHEST = .9995;

  /** Told apart by most people who are colour-blind, in the first eight (Okabe and Ito). */
  private static final String[] COLOURS = {
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333", "#999933",
    "#882255", "#117733", "#aa4499", "#6699cc", "#661100", "#888888", "#44aa99", "#ddaa00"
  };

  private final String title;
  private final List<Series> series;
  private final String ours;
  private final StringBuilder svg = new StringBuilder();
  private final Formatter out = new Formatter(svg, Locale.ROOT);
  private double lowestQps = Double.MAX_VALUE;
  private double highestQps;

  /**
   * Takes what is to be drawn.
   *
   * @param ours the beginning of the names of lines that are drawn thick
   */
  public CurveSvg(String title, List<Series> series, String ours) {
    this.title = title;
    this.ours = ours;
    this.series =
        series.stream()
            .filter(s -> s.curve().frontier().stream().anyMatch(CurveSvg::isShown))
            .toList();
  }

  /** The picture, as a file has it. */
  public String draw() {
    for (Series one : series) {
      for (Curve.Point point : shown(one)) {
        lowestQps = Math.min(lowestQps, qps(point));
        highestQps = Math.max(highestQps, qps(point));
      }
    }
    lowestQps = series.isEmpty() ? 1 : lowestQps / 1.2;
    highestQps = series.isEmpty() ? 10 : highestQps * 1.2;
    out.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"14\" fill=\"#222222\">%n",
        WIDTH, HEIGHT);
    out.format("<title>%s</title>%n", escaped(title));
    out.format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", WIDTH, HEIGHT);
    out.format("<text x=\"%d\" y=\"30\" font-size=\"18\">%s</text>%n", LEFT, escaped(title));
    axes();
    List<Series> ordered =
        series.stream()
            .sorted(Comparator.comparingDouble((Series s) -> s.curve().microsAt(.95).orElse(1e12)))
            .toList();
    List<String> contenders = series.stream().map(Series::contender).distinct().toList();
    for (int i = 0; i < ordered.size(); i++) {
      int colour = contenders.indexOf(ordered.get(i).contender()) % COLOURS.length;
      line(ordered.get(i), i, COLOURS[colour]);
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes() {
    int bottom = HEIGHT - BOTTOM;
    int right = WIDTH - RIGHT;
    for (double tick : TICKS) {
      double x = x(tick);
      out.format(
          "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#dddddd\"/>%n",
          x, TOP, x, bottom);
      out.format(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
          x, bottom + 22, Double.toString(tick).substring(1));
    }
    for (double power = 1; power < highestQps; power *= 10) {
      for (int factor : new int[] {1, 2, 5}) {
        double qps = power * factor;
        if (qps >= lowestQps && qps <= highestQps) {
          out.format(
              "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
              LEFT, y(qps), right, y(qps));
          out.format(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>%n",
              LEFT - 8, y(qps) + 5, qps);
        }
      }
    }
    out.format(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888888\"/>%n",
        LEFT, TOP, right - LEFT, bottom - TOP);
    out.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">recall@10</text>%n",
        (LEFT + right) / 2, HEIGHT - 16);
    out.format(
        "<text x=\"20\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 20 %d)\">queries a"
            + " second of CPU time</text>%n",
        (TOP + bottom) / 2, (TOP + bottom) / 2);
  }

  private void line(Series one, int number, String colour) {
    boolean isOurs = one.name().startsWith(ours);
    String dashes = one.name().equals(one.contender()) ? "" : " stroke-dasharray=\"5 4\"";
    double thickness = isOurs ? 3 : 1.5;
    StringBuilder at = new StringBuilder();
    for (Curve.Point point : shown(one)) {
      at.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.recall()), y(qps(point))));
    }
    out.format(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>%n",
        at.toString().strip(), colour, thickness, dashes);
    for (Curve.Point point : shown(one)) {
      out.format(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"><title>%s</title></circle>%n",
          x(point.recall()),
          y(qps(point)),
          isOurs ? 4.0 : 3.0,
          colour,
          escaped(
              String.format(
                  Locale.ROOT,
                  "%s, %s: recall %.4f, %.0f us",
                  one.name(),
                  point.setting(),
                  point.recall(),
                  point.micros())));
    }
    int x = WIDTH - RIGHT + 16;
    int y = TOP + 12 + 24 * number;
    out.format(
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>%n",
        x, y, x + 24, y, colour, thickness, dashes);
    out.format(
        "<text x=\"%d\" y=\"%d\" font-size=\"13\"%s>%s</text>%n",
        x + 32, y + 5, isOurs ? " font-weight=\"bold\"" : "", escaped(one.name()));
  }

  private static boolean isShown(Curve.Point point) {
    return point.recall() >= LOWEST && point.micros() > 0;
  }

  /** Up to the first point at the right edge; what is slower yet would lie below it. */
  private static List<Curve.Point> shown(Series one) {
    List<Curve.Point> shown = new ArrayList<>();
    for (Curve.Point point : one.curve().frontier()) {
      if (isShown(point)) {
        shown.add(point);
      }
      if (point.recall() >= HIGHEST) {
        break;
      }
    }
    return shown;
  }

  private static double qps(Curve.Point point) {
    return 1e6 / point.micros();
  }

  private static double x(double recall) {
    double share =
        (misses(Math.min(recall, HIGHEST)) - misses(LOWEST)) / (misses(HIGHEST) - misses(LOWEST));
    return LEFT + share * (WIDTH - RIGHT - LEFT);
  }

  private static double misses(double recall) {
    return -Math.log10(1 - recall);
  }

  private double y(double qps) {
    double share = Math.log(qps / lowestQps) / Math.log(highestQps / lowestQps);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
