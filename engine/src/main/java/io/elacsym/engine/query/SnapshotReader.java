package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.aggregate.AskedAggregation;
import io.elacsym.engine.check.AggregationCheck;
import io.elacsym.engine.check.FilterCheck;
import io.elacsym.engine.check.QueryCheck;
import io.elacsym.engine.filter.Expiry;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.leaf.LeafCall;
import io.elacsym.engine.manifest.AddedIndexes;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
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
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
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

  /** What matches the documents that are expired; they are in no answer. */
  private final Optional<TypedFilter> expired;

  /** All of the snapshot, with documents that are expired. */
  private final List<Part> parts = new ArrayList<>();

  /** The same without them, once a request has looked. */
  private Optional<List<Part>> unexpired = Optional.empty();

  /** The segments that this process searches. */
  private final List<OpenSegment> own = new ArrayList<>();

  /**
   * Reads all of it in this process.
   *
   * @param now what is expired at this moment is not there
   */
  public SnapshotReader(Snapshot snapshot, Plugins plugins, Instant now) {
    this(snapshot, plugins, now, Map.of());
  }

  /**
   * Reads a snapshot with the help of others.
   *
   * @param now what is expired at this moment is not there
   * @param leaves who searches segments that this process does not, by their ids
   */
  public SnapshotReader(
      Snapshot snapshot, Plugins plugins, Instant now, Map<String, LeafCall> leaves) {
    this.snapshot = snapshot;
    this.plugins = plugins;
    this.expired = Expiry.at(now, snapshot.schema());
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
    snapshot.live().stream()
        .filter(view -> !view.alive().isEmpty())
        .forEach(view -> parts.add(new LivePart(view, vectors, plugins)));
  }

  /**
   * Answers a query.
   *
   * @param clock for how long each step takes
   * @throws ElacsymException {@code INVALID_REQUEST} when the request does not fit the schema
   */
  public QueryResult query(QueryRequest request, InstantSource clock) {
    QueryCheck.check(request, snapshot.schema(), snapshot.idKind());
    Optional<TypedFilter> filter = typed(request.filter());
    AskedAggregation aggregation = AggregationCheck.check(request.aggregation(), snapshot.schema());
    return ReadTrace.inside(trace -> {
      Needs needs = QueryNeeds.of(List.of(request));
      needs.texts().forEach(this::requireTextIndex);
      openIndexes(needs);
      return new QueryRun(clock, snapshot, plugins, unexpired(), request)
          .run(filter, aggregation, trace);
    });
  }

  private static Needs needs(Optional<TypedFilter> filter) {
    return new Needs(Set.of(), Set.of(), filter.map(TypedFilter::fields).orElse(Set.of()));
  }

  /** Opens what is needed and not open yet, all of it in one wave. */
  private void openIndexes(Needs asked) {
    Needs needs = expired.map(filter -> asked.and(filter.fields())).orElse(asked);
    List<OpenSegment> lacking = own.stream().filter(segment -> segment.lacks(needs)).toList();
    if (!lacking.isEmpty()) {
      Parallel.run(
          lacking.stream().<Runnable>map(segment -> () -> segment.openIndexes(needs)).toList());
    }
  }

  private Optional<TypedFilter> typed(Optional<Filter> filter) {
    return filter.map(f -> FilterCheck.check(f, snapshot.schema(), snapshot.idKind()));
  }

  /** All of the snapshot but what is expired. */
  private List<Part> unexpired() {
    if (expired.isEmpty()) {
      return parts;
    }
    if (unexpired.isEmpty()) {
      openIndexes(Needs.NOTHING);
      unexpired = Optional.of(Parallel.map(parts, part -> part.without(expired.get())));
    }
    return unexpired.get();
  }

  /** How many documents there are. */
  public long documents() {
    return unexpired().stream().mapToLong(part -> part.alive().cardinality()).sum();
  }

  /** For each part that has any, the alive rows that match. */
  private List<PartRows> accepted(Optional<TypedFilter> filter) {
    List<Part> alive = unexpired().stream().filter(part -> !part.alive().isEmpty()).toList();
    if (alive.isEmpty()) {
      return List.of();
    }
    return Parallel.map(
        alive, part -> new PartRows(part, filter.map(part::matching).orElseGet(part::alive)));
  }

  /**
   * A text index that was added lately may not be there yet. To analyse all texts of a segment for
   * one query would take more time and memory than a query may, so it is refused until then.
   */
  private void requireTextIndex(String field) {
    AddedIndexes.of(snapshot.manifest()).stream()
        .filter(added -> added.field().equals(field) && added.kind().equals(IndexKind.TEXT.id()))
        .findFirst()
        .ifPresent(added -> {
          throw ElacsymException.conflict(
              "the text index of '"
                  + field
                  + "' is being built: "
                  + added.segmentsDone()
                  + " of "
                  + added.segments()
                  + " segments have it, with "
                  + added.rowsDone()
                  + " of "
                  + added.rows()
                  + " rows; ask again later");
        });
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
    return plugins.newText().analyzer(field).tokens(request.text());
  }

  /** One document; empty when it does not exist. */
  public Optional<Document> get(DocId id, Projection projection) {
    QueryCheck.check(projection, snapshot.schema());
    // Whether it is expired is asked of its own part alone.
    return find(id, parts)
        .flatMap(found ->
            expired
                .map(filter -> find(id, List.of(found.part().without(filter))))
                .orElse(Optional.of(found)))
        .map(found -> fetch(List.of(found), projection).all().getFirst());
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
   * Documents that match a filter.
   *
   * @param ids of them, in no order
   * @param more whether there are others
   */
  public record Matching(List<DocId> ids, boolean more) {}

  /** Ids of documents that match, at most so many. */
  public Matching matching(TypedFilter filter, int most) {
    openIndexes(needs(Optional.of(filter)));
    List<DocId> ids = new ArrayList<>();
    for (PartRows rows : accepted(Optional.of(filter))) {
      RowSet accept = rows.accept();
      Deadline.check();
      for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
        if (ids.size() == most) {
          return new Matching(ids, true);
        }
        ids.add(rows.part().id(row));
      }
    }
    return new Matching(ids, false);
  }

  /** Whether there is a document with this id. */
  public boolean contains(DocId id) {
    return find(id).isPresent();
  }

  /**
   * Reads documents by their ids, as many of the first ones as there is room for, and at least one.
   *
   * @return for each id that was looked at, in their order, its document; empty when there is none
   */
  public List<Optional<Document>> first(List<DocId> ids, Projection projection) {
    List<Candidate> candidates = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Optional<Candidate> found = find(ids.get(i));
      if (found.isPresent()) {
        candidates.add(found.get());
        places.add(i);
      }
    }
    List<Document> read = fetch(candidates, projection).asFarAsThereIsRoom();
    int end = read.size() < candidates.size() ? places.get(read.size()) : ids.size();
    List<Optional<Document>> documents =
        new ArrayList<>(Collections.nCopies(end, Optional.empty()));
    for (int i = 0; i < read.size(); i++) {
      documents.set(places.get(i), Optional.of(read.get(i)));
    }
    return documents;
  }

  private Optional<Candidate> find(DocId id) {
    return find(id, unexpired());
  }

  private static Optional<Candidate> find(DocId id, List<Part> parts) {
    for (Part part : parts.reversed()) {
      OptionalInt row = part.row(id);
      if (row.isPresent()) {
        return Optional.of(new Candidate(part, row.getAsInt(), 1));
      }
    }
    return Optional.empty();
  }
}
