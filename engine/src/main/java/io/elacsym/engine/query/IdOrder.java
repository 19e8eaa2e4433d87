package io.elacsym.engine.query;

import io.elacsym.engine.model.DocId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Rows of all parts by ascending id. Each part gives its own in order, so they are merged. */
final class IdOrder {
  private IdOrder() {}

  /**
   * The first rows.
   *
   * @param after only of greater ids
   */
  static List<Candidate> first(List<PartRows> accepted, Optional<DocId> after, int limit) {
    PriorityQueue<Ordered> next = new PriorityQueue<>(Comparator.comparing(Ordered::firstId));
    for (PartRows rows : accepted) {
      int[] ordered = rows.part().inIdOrder(rows.accept(), after, limit);
      if (ordered.length > 0) {
        next.add(new Ordered(rows.part(), ordered, 0));
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    while (!next.isEmpty() && candidates.size() < limit) {
      Ordered first = next.remove();
      candidates.add(new Candidate(first.part(), first.rows()[first.from()], 1));
      if (first.from() + 1 < first.rows().length) {
        next.add(new Ordered(first.part(), first.rows(), first.from() + 1));
      }
    }
    return candidates;
  }

  /**
   * Rows of one part in the order of their ids.
   *
   * @param from the first one that is not taken yet
   */
  private record Ordered(Part part, int[] rows, int from) {
    DocId firstId() {
      return part.id(rows[from]);
    }
  }
}
