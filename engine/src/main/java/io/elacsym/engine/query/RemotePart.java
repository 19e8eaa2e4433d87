package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.leaf.LeafAnswer;
import io.elacsym.engine.leaf.LeafAnswer.Content;
import io.elacsym.engine.leaf.LeafCall;
import io.elacsym.engine.leaf.LeafQuestion;
import io.elacsym.engine.leaf.LeafQuestion.Wanted;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.order.OrderedRow;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.ValueBudget;
import io.elacsym.engine.plan.PartFacts;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToLongFunction;

/**
 * A segment of a snapshot whose indexes and documents another process has in its caches. What is
 * needed of those is asked of the leaf; ids, and which rows are alive, are in memory here. Whatever
 * the leaf does not answer is answered here, so the answer is the same.
 */
final class RemotePart implements Part {
  private final OpenSegment segment;
  private final Schema schema;
  private final Plugins plugins;
  private final LeafCall leaf;
  private final SegmentPart here;

  RemotePart(SegmentView view, Schema schema, Plugins plugins, LeafCall leaf) {
    this(view.segment(), view.alive(), schema, plugins, leaf);
  }

  private RemotePart(
      OpenSegment segment, RowSet alive, Schema schema, Plugins plugins, LeafCall leaf) {
    this.segment = segment;
    this.schema = schema;
    this.plugins = plugins;
    this.leaf = leaf;
    this.here = new SegmentPart(segment, alive, plugins);
  }

  @Override
  public Part without(TypedFilter expired) {
    RowSet left = alive().andNot(matching(expired));
    return new RemotePart(segment, left, schema, plugins, leaf);
  }

  @Override
  public String label() {
    return here.label();
  }

  @Override
  public Optional<String> who() {
    return Optional.of(leaf.who());
  }

  @Override
  public PartFacts facts() {
    return here.facts();
  }

  @Override
  public RowSet alive() {
    return here.alive();
  }

  @Override
  public DocId id(int row) {
    return here.id(row);
  }

  @Override
  public OptionalInt row(DocId id) {
    return here.row(id);
  }

  /** Has a question answered, and takes the answer as that of its kind. */
  <A extends LeafAnswer> A ask(LeafQuestion question, Class<A> kind) {
    LeafAnswer answer = leaf.ask(question, () -> answerHere(question));
    if (answer instanceof LeafAnswer.Refused(String why)) {
      // Only this process itself can have refused. Its next attempt is made without leaves.
      throw ElacsymException.corrupt("segment " + label() + " cannot be searched as asked: " + why);
    }
    return kind.cast(answer);
  }

  private LeafAnswer answerHere(LeafQuestion question) {
    // The query may have ended before this, when the leaf was slow and has answered after all.
    if (!segment.retain()) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the segment is closed");
    }
    try {
      return SegmentAnswers.answer(segment, schema, plugins, question);
    } finally {
      segment.release();
    }
  }

  @Override
  public RowSet matching(TypedFilter filter) {
    return ask(new LeafQuestion.Matching(filter), LeafAnswer.Rows.class).rows().and(alive());
  }

  @Override
  public Found nearest(VectorField field, VectorQuery query, Optional<Projected> ahead) {
    if (query.accept().isEmpty() || !segment.indexes().hasVectors(field)) {
      return here.nearest(field, query, ahead);
    }
    LeafAnswer.Vectors found =
        ask(
            new LeafQuestion.Nearest(field.name(), query, ahead.map(Wanted::of)),
            LeafAnswer.Vectors.class);
    return new Found(found.hits(), found.strategy());
  }

  @Override
  public Optional<TextOfPart> text(TextField field) {
    return SegmentAnswers.analysis(segment, field.name(), plugins)
        .map(plugin -> new TextOfPart(plugin, new RemoteText(this, field.name())))
        .or(() -> here.text(field));
  }

  @Override
  public IntToLongFunction bytes(Projected wanted) {
    return here.bytes(wanted);
  }

  @Override
  public List<Document> documents(int[] rows, Projected wanted) {
    if (wanted.isEmpty()) {
      return here.documents(rows, wanted);
    }
    List<Content> contents =
        ask(new LeafQuestion.Fetch(rows, Wanted.of(wanted)), LeafAnswer.Contents.class).rows();
    List<Document> documents = new ArrayList<>(rows.length);
    for (int i = 0; i < rows.length; i++) {
      Content content = contents.get(i);
      documents.add(new Document(id(rows[i]), content.vectors(), content.attributes()));
    }
    return documents;
  }

  @Override
  public int[] inIdOrder(RowSet accept, Optional<DocId> after, int limit) {
    return here.inIdOrder(accept, after, limit);
  }

  @Override
  public List<Tallied> tallied(List<Tally> tallies, RowSet accept, ValueBudget budget) {
    if (accept.isEmpty()) {
      return here.tallied(tallies, accept, budget);
    }
    List<Tallied> tallied =
        ask(new LeafQuestion.Together(tallies, accept), LeafAnswer.Together.class).tallied();
    budget.take(tallied.stream().mapToLong(Tallied::bytes).sum());
    return tallied;
  }

  @Override
  public List<OrderedRow> inOrder(
      RowOrder order, RowSet accept, Optional<Position> after, int limit, ValueBudget budget) {
    return accept.isEmpty()
        ? List.of()
        : ask(new LeafQuestion.First(order, accept, after, limit), LeafAnswer.First.class).rows();
  }
}
