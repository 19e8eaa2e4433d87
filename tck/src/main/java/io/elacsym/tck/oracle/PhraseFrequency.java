package io.elacsym.tck.oracle;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextClause.PlacedTerm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** How often a phrase is in a row, by the letter of {@link TextClause.Phrase}. */
final class PhraseFrequency {
  private PhraseFrequency() {}

  /** Where one term of the phrase stands, as if it were moved to where the phrase begins. */
  private static final class Places {
    private final int index;
    private final List<Integer> begins;
    private int at;

    Places(int index, PlacedTerm wanted, List<PlacedTerm> row) {
      this.index = index;
      this.begins =
          row.stream()
              .filter(placed -> placed.term().equals(wanted.term()))
              .map(placed -> placed.position() - wanted.position())
              .sorted()
              .toList();
    }

    boolean has() {
      return at < begins.size();
    }

    int begin() {
      return begins.get(at);
    }
  }

  /** 0 when the row does not have the phrase. With slop no term may be repeated. */
  static double of(TextClause.Phrase phrase, List<PlacedTerm> row) {
    List<Places> places = new ArrayList<>();
    for (int i = 0; i < phrase.placed().size(); i++) {
      places.add(new Places(i, phrase.placed().get(i), row));
    }
    if (!places.stream().allMatch(Places::has)) {
      return 0;
    }
    return phrase.slop() == 0 ? exact(places) : sloppy(places, phrase.slop());
  }

  private static double exact(List<Places> places) {
    return (double)
        places.getFirst().begins.stream()
            .filter(begin -> places.stream().allMatch(other -> other.begins.contains(begin)))
            .count();
  }

  /**
   * The term that is farthest behind moves on; before it passes the next one, the distance counts.
   */
  private static double sloppy(List<Places> places, int slop) {
    PriorityQueue<Places> behind =
        new PriorityQueue<>(
            Comparator.comparingInt(Places::begin).thenComparingInt(place -> place.index));
    behind.addAll(places);
    int end = places.stream().mapToInt(Places::begin).max().orElseThrow();
    double frequency = 0;
    while (true) {
      Places last = behind.remove();
      int next = behind.element().begin();
      int distance = end - last.begin();
      last.at++;
      while (last.has() && last.begin() <= next) {
        distance = end - last.begin();
        last.at++;
      }
      if (distance <= slop) {
        frequency += 1.0 / (1 + distance);
      }
      if (!last.has()) {
        return frequency;
      }
      end = Math.max(end, last.begin());
      behind.add(last);
    }
  }
}
