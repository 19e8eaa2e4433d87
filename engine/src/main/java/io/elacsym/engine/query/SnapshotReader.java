package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.aggregate.AskedAggregation;
import io.elacsym.engine.check.AggregationCheck;
import io.elacsym.engine.check.FilterCheck;
import io.elacsym.engine.check.QueryCheck;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.leaf.LeafCall;
import io.elacsym.engine.model.AnalyzeRequest;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers requests from one snapshot. For one request at a time. */
public final class SnapshotReader {
  private final Snapshot snapshot;
  private final Plugins plugins;
  private final List<Part> parts = new ArrayList<>();

  /** The segments that this process searches. */
  private final List<OpenSegment> own = new ArrayList<>();

  /** Reads all of it in this process. */
  public SnapshotReader(Snapshot snapshot, Plugins plugins) {
    this(snapshot, plugins, Map.of());
  }

  /**
   * Reads a snapshot with the help of others.
   *
   * @param leaves who searches segments that this process does not, by their ids
   */
  public SnapshotReader(Snapshot snapshot, Plugins plugins, Map<String, LeafCall> leaves) {
    this.snapshot = snapshot;
    this.plugins = plugins;
    for (SegmentView view : snapshot.segments()) {
      Optional<LeafCall> leaf = Optional.ofNullable(leaves.get(view.segment().entry().id()));
      leaf.ifPresentOrElse(
          call -> parts.add(new RemotePart(view, snapshot.schema(), plugins, call)),
          () -> {
            parts.add(new SegmentPart(view, plugins));
            own.add(view.segment());
          });
    }
    Set<String> vectors =
        snapshot.schema().vectors().stream().map(VectorField::name).collect(Collectors.toSet());
    snapshot.live().forEach(view -> parts.add(new LivePart(view, vectors, plugins)));
  }

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when the request does not fit the schema
   */
  public QueryResult query(QueryRequest request) {
    QueryCheck.check(request, snapshot.schema(), snapshot.idKind());
    Optional<TypedFilter> filter = typed(request.filter());
    AskedAggregation aggregation = AggregationCheck.check(request.aggregation(), snapshot.schema());
    return ReadTrace.inside(trace -> {
      openIndexes(QueryNeeds.of(List.of(request)));
      return new QueryRun(snapshot, plugins, parts, request).run(filter, aggregation, trace);
    });
  }

  private static Needs needs(Optional<TypedFilter> filter) {
    return new Needs(Set.of(), Set.of(), filter.map(TypedFilter::fields).orElse(Set.of()));
  }

  /** Opens what is needed and not open yet, all of it in one wave. */
  private void openIndexes(Needs needs) {
    List<OpenSegment> lacking = own.stream().filter(segment -> segment.lacks(needs)).toList();
    if (!lacking.isEmpty()) {
      Parallel.run(
          lacking.stream().<Runnable>map(segment -> () -> segment.openIndexes(needs)).toList());
    }
  }

  private Optional<TypedFilter> typed(Optional<Filter> filter) {
    return filter.map(f -> FilterCheck.check(f, snapshot.schema(), snapshot.idKind()));
  }

  /** For each part that has any, the alive rows that match. */
  private List<PartRows> accepted(Optional<TypedFilter> filter) {
    List<Part> alive = parts.stream().filter(part -> !part.alive().isEmpty()).toList();
    if (alive.isEmpty()) {
      return List.of();
    }
    return Parallel.map(
        alive, part -> new PartRows(part, filter.map(part::matching).orElseGet(part::alive)));
  }

  private DocumentFetch fetch(List<Candidate> candidates, Projection projection) {
    return new DocumentFetch(candidates, projection.of(snapshot.schema()));
  }

  /**
   * The terms of a text in a field.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when the field is no full-text attribute
   */
  public List<TextToken> analyze(AnalyzeRequest request) {
    TextField field = QueryCheck.textField(request.field(), snapshot.schema(), request.place());
    TextPlugin plugin = plugins.newText();
    return plugin.provider().analyzer(field, plugin.context()).tokens(request.text());
  }

  /** One document; empty when it does not exist. */
  public Optional<Document> get(DocId id, Projection projection) {
    QueryCheck.check(projection, snapshot.schema());
    for (Part part : parts.reversed()) {
      OptionalInt row = part.row(id);
      if (row.isPresent()) {
        return Optional.of(
            fetch(List.of(new Candidate(part, row.getAsInt(), 1)), projection).all().getFirst());
      }
    }
    return Optional.empty();
  }

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when the request does not fit the schema
   */
  public ScanPage scan(ScanRequest request) {
    if (request.limit() < 1 || request.limit() > ScanRequest.MAX_LIMIT) {
      throw ElacsymException.invalid(
          "limit is " + request.limit() + ", expected 1 to " + ScanRequest.MAX_LIMIT);
    }
    QueryCheck.check(request.projection(), snapshot.schema());
    Optional<TypedFilter> filter = typed(request.filter());
    openIndexes(needs(filter));
    List<Candidate> candidates = IdOrder.first(accepted(filter), request.after(), request.limit());
    List<Document> documents = fetch(candidates, request.projection()).asFarAsThereIsRoom();
    boolean more = documents.size() < candidates.size() || documents.size() == request.limit();
    Optional<DocId> next = more ? Optional.of(documents.getLast().id()) : Optional.empty();
    return new ScanPage(documents, next);
  }

  /**
   * Ids of all documents that match.
   *
   * @throws ElacsymException {@code TOO_LARGE} when they are more than {@code most}
   */
  public List<DocId> matching(TypedFilter filter, int most) {
    openIndexes(needs(Optional.of(filter)));
    List<DocId> ids = new ArrayList<>();
    for (PartRows rows : accepted(Optional.of(filter))) {
      RowSet accept = rows.accept();
      Deadline.check();
      if (ids.size() + (long) accept.cardinality() > most) {
        throw new ElacsymException(
            ErrorKind.TOO_LARGE,
            "the filter matches more than "
                + most
                + " documents, too many to delete at once; narrow it, for example to a range of id");
      }
      for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
        ids.add(rows.part().id(row));
      }
    }
    return ids;
  }
}
