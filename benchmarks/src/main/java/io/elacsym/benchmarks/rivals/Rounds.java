package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.measure.Progress;
import io.elacsym.benchmarks.rivals.contenders.Contender;
import io.elacsym.benchmarks.rivals.contenders.Found;
import io.elacsym.benchmarks.rivals.contenders.Setting;
import io.elacsym.benchmarks.rivals.results.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks all contenders in turns, so that whatever else goes on in the machine disturbs all of them
 * alike. The first round is for recall and for compilers; it is not timed.
 */
final class Rounds {
  /** Slow settings are timed with fewer queries than all, but not with fewer than these. */
  private static final int LEAST_QUERIES = 100;

  private static final double MOST_MICROS = 2e6;

  private final List<Contender> contenders;
  private final Asked asked;
  private final int rounds;
  private final Set<Contender> failed = new HashSet<>();

  Rounds(List<Contender> contenders, Asked asked, int rounds) {
    this.contenders = contenders;
    this.asked = asked;
    this.rounds = rounds;
  }

  private record Point(
      Contender contender, Setting setting, double recall, int[] queries, List<Double> micros) {}

  List<Measured> run() {
    int steps = contenders.stream().mapToInt(contender -> contender.settings().size()).sum();
    Progress progress = new Progress(System.err, "searches", (long) steps * (rounds + 1));
    List<Point> points = new ArrayList<>();
    for (Contender contender : contenders) {
      for (Setting setting : contender.settings()) {
        Optional<Found> answer = search(contender, setting, asked.queries());
        answer.ifPresent(found ->
            points.add(
                new Point(
                    contender,
                    setting,
                    asked.recall(found.items()),
                    timed(found.micros()),
                    new ArrayList<>())));
        progress.add(1);
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Point point : points) {
        search(point.contender(), point.setting(), point.queries())
            .ifPresent(found -> point.micros().add(found.micros()));
        progress.add(1);
      }
    }
    return points.stream()
        .filter(point -> !point.micros().isEmpty())
        .map(point ->
            new Measured(
                point.contender().name(),
                point.setting().shape(),
                point.setting().toString(),
                point.recall(),
                point.micros()))
        .toList();
  }

  /** Nothing once the contender has failed: the others go on. */
  private Optional<Found> search(Contender contender, Setting setting, int[] queries) {
    if (failed.contains(contender)) {
      return Optional.empty();
    }
    try {
      return Optional.of(contender.search(setting, queries, asked.k()));
    } catch (Exception e) {
      failed.add(contender);
      System.err.println(
          "  " + contender.name() + " gives up at " + setting + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private int[] timed(double micros) {
    int all = asked.queries().length;
    int affordable = (int) Math.max(LEAST_QUERIES, Math.min(all, MOST_MICROS / micros));
    return Arrays.copyOf(asked.queries(), Math.min(all, affordable));
  }
}
