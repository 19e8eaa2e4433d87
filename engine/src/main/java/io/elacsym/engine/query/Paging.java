package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.order.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which results belong to a page, and where the next one begins. */
final class Paging {
  private final QueryRequest request;
  private final List<DocId> seen;

  Paging(QueryRequest request) {
    this.request = request;
    this.seen =
        request.cursor().filter(Cursor.Unseen.class::isInstance).stream()
            .flatMap(cursor -> ((Cursor.Unseen) cursor).ids().stream())
            .toList();
  }

  /**
   * The rows of a part that may be ranked. Those that were seen are left out before they are
   * ranked, unless scores depend on what else is ranked, as in a fusion.
   */
  RowSet unseen(Part part, RowSet accept) {
    if (seen.isEmpty() || request.ranking() instanceof Ranking.Fusion) {
      return accept;
    }
    Deadline.check();
    BitSet seenHere = new BitSet();
    for (DocId id : seen) {
      OptionalInt row = part.row(id);
      if (row.isPresent() && accept.contains(row.getAsInt())) {
        seenHere.set(row.getAsInt());
      }
    }
    return accept.andNot(RowSet.of(accept.rowCount(), seenHere));
  }

  /** Leaves out of fused results those that were seen. */
  List<Candidate> unseenOf(List<Candidate> fused) {
    Set<DocId> before = new HashSet<>(seen);
    return before.isEmpty()
        ? fused
        : fused.stream().filter(candidate -> !before.contains(candidate.id())).toList();
  }

  /**
   * Where the page behind these results begins.
   *
   * @param last the place of the last one, in an order of attributes
   */
  Optional<Cursor> next(List<Candidate> page, Optional<Position> last) {
    if (request.cursor().isEmpty() || page.isEmpty() || page.size() < request.topK()) {
      return Optional.empty();
    }
    if (last.isPresent()) {
      List<Optional<Given>> values =
          last.get().values().stream().map(value -> value.map(Given.class::cast)).toList();
      return Optional.of(new Cursor.BehindValues(values, last.get().id()));
    }
    if (request.ranking() instanceof Ranking.IdOrder) {
      return Optional.of(new Cursor.Behind(page.getLast().id()));
    }
    List<DocId> all = new ArrayList<>(seen);
    page.forEach(candidate -> all.add(candidate.id()));
    return all.size() <= Cursor.Unseen.MAX_SEEN
        ? Optional.of(new Cursor.Unseen(all))
        : Optional.empty();
  }
}
