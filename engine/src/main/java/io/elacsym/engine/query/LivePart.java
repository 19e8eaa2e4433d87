package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.aggregate.Tallying;
import io.elacsym.engine.border.CheckedTextIndex;
import io.elacsym.engine.filter.DocumentFilter;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.live.LiveView;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.FirstRows;
import io.elacsym.engine.order.OrderedRow;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.RowSource;
import io.elacsym.engine.order.ValueBudget;
import io.elacsym.engine.plan.PartFacts;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;

/** A live buffer of a snapshot. */
final class LivePart implements Part {
  private static final int ROWS_BETWEEN_CHECKS = 64;

  private final LiveView view;
  private final RowSource rows;
  private final RowSet alive;
  private final Set<String> vectors;
  private final Plugins plugins;

  /**
   * A part.
   *
   * @param vectors vector fields of the schema
   */
  LivePart(LiveView view, Set<String> vectors, Plugins plugins) {
    this(view, view.alive(), vectors, plugins);
  }

  private LivePart(LiveView view, RowSet alive, Set<String> vectors, Plugins plugins) {
    this.view = view;
    this.rows = new LiveRows(view);
    this.alive = alive;
    this.vectors = vectors;
    this.plugins = plugins;
  }

  @Override
  public Part without(TypedFilter expired) {
    return new LivePart(view, alive.andNot(matching(expired)), vectors, plugins);
  }

  @Override
  public String label() {
    return "live";
  }

  @Override
  public PartFacts facts() {
    return new PartFacts(alive().cardinality(), Set.of(), vectors);
  }

  @Override
  public RowSet alive() {
    return alive;
  }

  @Override
  public DocId id(int row) {
    return view.document(row).id();
  }

  @Override
  public OptionalInt row(DocId id) {
    OptionalInt row = view.row(id);
    return row.isPresent() && alive.contains(row.getAsInt()) ? row : OptionalInt.empty();
  }

  @Override
  public RowSet matching(TypedFilter filter) {
    Predicate<Document> test = DocumentFilter.of(filter);
    BitSet matching = new BitSet(alive.rowCount());
    for (int row = alive.next(0); row >= 0; row = alive.next(row + 1)) {
      if (test.test(view.document(row))) {
        matching.set(row);
      }
    }
    return RowSet.of(alive.rowCount(), matching);
  }

  @Override
  public Found nearest(VectorField field, VectorQuery query, Optional<Projected> ahead) {
    Similarity similarity = new Similarity(plugins.math(), field.metric(), query.vector());
    RowSet accept = query.accept();
    TopK top = new TopK(query.k(), accept.cardinality());
    int scored = 0;
    for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
      float[] vector = view.vector(field.name(), row);
      if (vector.length > 0) {
        top.offer(similarity.of(vector, 0), row);
        if (scored++ % ROWS_BETWEEN_CHECKS == 0) {
          Deadline.check();
        }
      }
    }
    return new Found(top.hits(scored), "exact scan of " + field.name());
  }

  @Override
  public Optional<TextOfPart> text(TextField field) {
    TextPlugin plugin = plugins.newText();
    return view.text(field.name())
        .map(index ->
            new TextOfPart(plugin, new CheckedTextIndex(index, plugin.name(), plugins.watch())));
  }

  @Override
  public IntToLongFunction bytes(Projected wanted) {
    return row -> Footprint.of(document(row, wanted));
  }

  @Override
  public List<Document> documents(int[] rows, Projected wanted) {
    return Arrays.stream(rows).mapToObj(row -> document(row, wanted)).toList();
  }

  private Document document(int row, Projected wanted) {
    Document document = view.document(row);
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (String name : wanted.attributes()) {
      Value value = document.attributes().get(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
    Map<String, float[]> vectors = new HashMap<>();
    for (VectorField field : wanted.vectors()) {
      float[] vector = document.vectors().get(field.name());
      if (vector != null) {
        vectors.put(field.name(), vector);
      }
    }
    return new Document(document.id(), vectors, attributes);
  }

  @Override
  public int[] inIdOrder(RowSet accept, Optional<DocId> after, int limit) {
    List<Integer> rows = new ArrayList<>();
    for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
      DocId id = view.document(row).id();
      if (after.isEmpty() || id.compareTo(after.get()) > 0) {
        rows.add(row);
      }
    }
    Deadline.check();
    rows.sort(Comparator.comparing(row -> view.document(row).id()));
    return rows.stream().limit(limit).mapToInt(Integer::intValue).toArray();
  }

  @Override
  public List<Tallied> tallied(List<Tally> tallies, RowSet accept, ValueBudget budget) {
    return Tallying.of(tallies, rows, accept, budget);
  }

  @Override
  public List<OrderedRow> inOrder(
      RowOrder order, RowSet accept, Optional<Position> after, int limit, ValueBudget budget) {
    return FirstRows.of(order, rows, accept, after, limit, budget);
  }
}
