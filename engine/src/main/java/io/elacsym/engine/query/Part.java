package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.order.OrderedRow;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.ValueBudget;
import io.elacsym.engine.plan.PartFacts;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToLongFunction;

/** A share of a snapshot's rows: a segment, or a live buffer. */
sealed interface Part permits SegmentPart, LivePart, RemotePart {
  /** A segment's id, or {@code live}. */
  String label();

  /** Who else has searched it, or was asked to; for an explanation. */
  default Optional<String> who() {
    return Optional.empty();
  }

  /** What a plan depends on of it. */
  PartFacts facts();

  /** Rows neither deleted nor replaced, nor expired. */
  RowSet alive();

  /**
   * The same part with fewer rows alive.
   *
   * @param expired matches those that are not
   */
  Part without(TypedFilter expired);

  DocId id(int row);

  /** The row with an id, if it is alive. */
  OptionalInt row(DocId id);

  /** Alive rows that match. */
  RowSet matching(TypedFilter filter);

  /**
   * The best accepted rows by a vector field, and how they were found.
   *
   * @param ahead what the caller will read of the rows found: the part may read it as soon as it
   *     knows which rows are likely to be found
   */
  Found nearest(VectorField field, VectorQuery query, Optional<Projected> ahead);

  /**
   * Rows found in one part.
   *
   * @param strategy how, for an explanation
   */
  record Found(VectorHits hits, String strategy) {}

  /** Ranks by a text field; empty when no row has text in it. */
  Optional<TextOfPart> text(TextField field);

  /** For each row an upper bound, in bytes, of the memory of a document made of these fields. */
  IntToLongFunction bytes(Projected wanted);

  /** The asked fields of some rows, in their order. */
  List<Document> documents(int[] rows, Projected wanted);

  /**
   * What tallies are of the accepted rows.
   *
   * @param budget for what is kept of values meanwhile
   */
  List<Tallied> tallied(List<Tally> tallies, RowSet accept, ValueBudget budget);

  /**
   * The first accepted rows in an order, equal ones by ascending id.
   *
   * @param after only those behind this place
   * @param limit at most so many, at least one
   * @param budget for what is kept of values meanwhile
   */
  List<OrderedRow> inOrder(
      RowOrder order, RowSet accept, Optional<Position> after, int limit, ValueBudget budget);

  /** Accepted rows in ascending order of ids after {@code after}, at most {@code limit}. */
  int[] inIdOrder(RowSet accept, Optional<DocId> after, int limit);
}
