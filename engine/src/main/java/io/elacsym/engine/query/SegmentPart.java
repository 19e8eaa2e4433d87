package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.aggregate.Tallying;
import io.elacsym.engine.border.HitCheck;
import io.elacsym.engine.border.PluginName;
import io.elacsym.engine.filter.SegmentFilter;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.order.FirstRows;
import io.elacsym.engine.order.OrderedRow;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.ValueBudget;
import io.elacsym.engine.plan.PartFacts;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.segment.SegmentDocuments;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.task.Beside;
import io.elacsym.engine.task.ReadTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToLongFunction;

/** A segment of a snapshot. */
final class SegmentPart implements Part {
  /**
   * Documents are read ahead for at most twice as many rows as are wanted, and so many more: of
   * more rows than that, most would be read in vain.
   */
  private static final int LIKELY_BEYOND = 16;

  private static final int ROWS_BETWEEN_CHECKS = 64;

  private final OpenSegment segment;
  private final RowSet alive;
  private final Plugins plugins;

  SegmentPart(SegmentView view, Plugins plugins) {
    this(view.segment(), view.alive(), plugins);
  }

  SegmentPart(OpenSegment segment, RowSet alive, Plugins plugins) {
    this.segment = segment;
    this.alive = alive;
    this.plugins = plugins;
  }

  @Override
  public String label() {
    return segment.entry().id();
  }

  @Override
  public PartFacts facts() {
    return new PartFacts(
        alive.cardinality(),
        segment.entry().fields(IndexKind.ATTRIBUTE),
        segment.entry().fields(IndexKind.VECTOR));
  }

  @Override
  public RowSet alive() {
    return alive;
  }

  @Override
  public Part without(TypedFilter expired) {
    return new SegmentPart(segment, alive.andNot(matching(expired)), plugins);
  }

  @Override
  public DocId id(int row) {
    return segment.id(row);
  }

  @Override
  public OptionalInt row(DocId id) {
    OptionalInt row = segment.ids().row(id);
    return row.isPresent() && alive.contains(row.getAsInt()) ? row : OptionalInt.empty();
  }

  @Override
  public RowSet matching(TypedFilter filter) {
    return segment.indexes().despiteDamage(() -> SegmentFilter.rows(filter, segment)).and(alive);
  }

  @Override
  public Found nearest(VectorField field, VectorQuery query, Optional<Projected> ahead) {
    if (query.accept().isEmpty() || !segment.indexes().hasVectors(field)) {
      return new Found(new VectorHits(new int[0], new float[0], 0), "nothing to search");
    }
    int before = requestsSoFar();
    Optional<VectorIndexReader> index = segment.indexes().vectorIndex(field);
    if (index.isEmpty()) {
      return exactly(field, query, "index lost");
    }
    PluginName plugin = segment.indexes().vectorPlugin(field);
    VectorHits hits;
    try {
      hits = search(index.get(), query, ahead, before);
    } catch (ElacsymException e) {
      segment.indexes().vectorSearchFailed(field, e);
      return exactly(field, query, "index lost");
    }
    Optional<String> wrong = HitCheck.of(hits, query, index.get().count());
    if (wrong.isPresent()) {
      plugins.watch().broke(plugin, wrong.get());
      return exactly(field, query, "wrong answer of the " + plugin.name() + " index");
    }
    return new Found(hits, plugin.name() + " index on " + field.name());
  }

  private Found exactly(VectorField field, VectorQuery query, String why) {
    return new Found(exact(field, query), "exact scan of " + field.name() + " (" + why + ")");
  }

  /**
   * Searches, and reads the documents of likely hits while the index reads what decides between
   * them.
   *
   * @param before how many requests had been sent before the index was opened
   */
  private VectorHits search(
      VectorIndexReader index, VectorQuery query, Optional<Projected> ahead, int before) {
    List<Beside> reading = new ArrayList<>();
    try {
      return index.search(
          query,
          rows -> {
            // If no request was sent for the index so far, the documents are mostly in a cache,
            // too,
            // and there is nothing to gain.
            boolean cold = requestsSoFar() > before;
            boolean few = rows.length <= 2 * query.k() + LIKELY_BEYOND;
            if (cold && few && ahead.isPresent() && reading.isEmpty()) {
              reading.add(Beside.start(() -> segment.documents().readAhead(rows, ahead.get())));
            }
          });
    } finally {
      reading.forEach(Beside::join);
    }
  }

  private static int requestsSoFar() {
    return ReadTrace.current().map(ReadTrace::requests).orElse(0);
  }

  private VectorHits exact(VectorField field, VectorQuery query) {
    Similarity similarity = new Similarity(plugins.math(), field.metric(), query.vector());
    TopK top = new TopK(query.k(), query.accept().cardinality());
    int scored = 0;
    int from = 0;
    try (BatchCursor cursor = segment.documents().vectors(field)) {
      for (Optional<ColumnBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
        Column column = batch.get().column(field.name());
        for (int row = 0; row < column.rows(); row++) {
          if (row % ROWS_BETWEEN_CHECKS == 0) {
            Deadline.check();
          }
          if (query.accept().contains(from + row) && column.isPresent(row)) {
            top.offer(similarity.of(column.floats(), row * field.dimension()), from + row);
            scored++;
          }
        }
        from += column.rows();
      }
    }
    return top.hits(scored);
  }

  @Override
  public Optional<TextOfPart> text(TextField field) {
    return segment.indexes().textIndex(field);
  }

  @Override
  public IntToLongFunction bytes(Projected wanted) {
    return segment.documents().bytes(wanted);
  }

  @Override
  public List<Document> documents(int[] rows, Projected wanted) {
    if (wanted.isEmpty()) {
      return Arrays.stream(rows)
          .mapToObj(row -> new Document(segment.id(row), Map.of(), Map.of()))
          .toList();
    }
    SegmentDocuments.Rows read = segment.documents().read(rows, wanted);
    List<Document> documents = new ArrayList<>(rows.length);
    for (int i = 0; i < rows.length; i++) {
      Map<String, float[]> vectors = new HashMap<>();
      for (VectorField field : wanted.vectors()) {
        vector(read.vectors(), field, i).ifPresent(v -> vectors.put(field.name(), v));
      }
      documents.add(new Document(segment.id(rows[i]), vectors, read.attributes().get(i)));
    }
    return documents;
  }

  private static Optional<float[]> vector(ColumnBatch batch, VectorField field, int row) {
    if (!batch.columns().containsKey(field.name())) {
      return Optional.empty();
    }
    Column column = batch.column(field.name());
    int d = field.dimension();
    return column.isPresent(row)
        ? Optional.of(Arrays.copyOfRange(column.floats(), row * d, (row + 1) * d))
        : Optional.empty();
  }

  @Override
  public int[] inIdOrder(RowSet accept, Optional<DocId> after, int limit) {
    int[] rows = new int[Math.min(limit, accept.cardinality())];
    int count = 0;
    int rank = after.map(segment.ids()::ranksUpTo).orElse(0);
    for (; rank < segment.ids().size() && count < rows.length; rank++) {
      int row = segment.ids().rowOfRank(rank);
      if (accept.contains(row)) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  @Override
  public List<Tallied> tallied(List<Tally> tallies, RowSet accept, ValueBudget budget) {
    return segment.indexes().despiteDamage(() -> Tallying.of(tallies, segment, accept, budget));
  }

  @Override
  public List<OrderedRow> inOrder(
      RowOrder order, RowSet accept, Optional<Position> after, int limit, ValueBudget budget) {
    return segment
        .indexes()
        .despiteDamage(() -> FirstRows.of(order, segment, accept, after, limit, budget));
  }
}
