package io.elacsym.benchmarks.rivals.results;

import io.elacsym.benchmarks.rivals.contenders.Built;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The table of a set: what a query costs at some recalls, what building costs, what it takes.
 *
 * @param vectors how many were indexed
 * @param series curves, each a row
 * @param builds by contender
 */
public record Summary(int vectors, List<Series> series, Map<String, Built> builds) {
  static final double[] RECALLS = {.90, .95, .98, .99};
  public static final List<String> HEAD =
      List.of(".90", ".95", ".98", ".99", "vectors/CPU s", "bytes/vector");
  private static final String NONE = "-";

  public Summary {
    series = List.copyOf(series);
    builds = Map.copyOf(builds);
  }

  /** Column by column as in {@link #HEAD}; empty where a recall is not reached. */
  List<OptionalDouble> figures(Series row) {
    List<OptionalDouble> figures = new ArrayList<>();
    for (double recall : RECALLS) {
      figures.add(row.curve().microsAt(recall));
    }
    Optional<Built> built = Optional.ofNullable(builds.get(row.contender()));
    figures.add(
        built
            .filter(b -> b.cpuSeconds() > 0)
            .map(b -> OptionalDouble.of(vectors / b.cpuSeconds()))
            .orElse(OptionalDouble.empty()));
    figures.add(
        built
            .map(b -> OptionalDouble.of((double) b.bytes() / vectors))
            .orElse(OptionalDouble.empty()));
    return figures;
  }

  /** Rows of cells, the name first. */
  public List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Series one : series) {
      List<String> cells = new ArrayList<>(List.of(one.name()));
      for (OptionalDouble figure : figures(one)) {
        cells.add(shown("%,.0f", figure));
      }
      rows.add(cells);
    }
    return rows;
  }

  /** The same as shares of one of them, which is 1 everywhere; empty when that is not there. */
  public List<List<String>> ratios(String reference) {
    Optional<Series> one = series.stream().filter(s -> s.name().equals(reference)).findFirst();
    if (one.isEmpty()) {
      return List.of();
    }
    List<OptionalDouble> base = figures(one.get());
    List<List<String>> rows = new ArrayList<>();
    for (Series row : series) {
      List<String> cells = new ArrayList<>(List.of(row.name()));
      List<OptionalDouble> figures = figures(row);
      for (int i = 0; i < figures.size(); i++) {
        boolean both = figures.get(i).isPresent() && base.get(i).isPresent();
        cells.add(
            both
                ? shown(
                    "%.2f",
                    OptionalDouble.of(figures.get(i).getAsDouble() / base.get(i).getAsDouble()))
                : NONE);
      }
      rows.add(cells);
    }
    return rows;
  }

  private static String shown(String format, OptionalDouble figure) {
    return figure.isPresent() ? String.format(Locale.ROOT, format, figure.getAsDouble()) : NONE;
  }
}
