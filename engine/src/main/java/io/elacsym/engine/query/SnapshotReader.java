package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
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
import io.elacsym.engine.model.Explanation;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.query.TextSearch.PartRows;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;

/** Answers requests from one snapshot. For one request at a time. */
public final class SnapshotReader {
  /** With more parts documents are not read before it is known which are wanted. */
  private static final int FEW_PARTS = 4;

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
    snapshot.live().forEach(view -> parts.add(new LivePart(view, plugins)));
  }

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when the request does not fit the schema
   */
  public QueryResult query(QueryRequest request) {
    QueryCheck.check(request, snapshot.schema());
    Optional<TypedFilter> filter = typed(request.filter());
    return ReadTrace.inside(trace -> answer(request, filter, trace));
  }

  /**
   * What a ranking gave.
   *
   * @param best best first
   * @param steps how they were found
   */
  private record Ranked(List<Candidate> best, List<Explanation.Step> steps) {}

  private QueryResult answer(QueryRequest request, Optional<TypedFilter> filter, ReadTrace trace) {
    openIndexes(QueryNeeds.of(List.of(request)));
    Paging paging = new Paging(request);
    List<PartRows> accepted = paging.unseen(accepted(filter));
    Ranked ranked = rank(request, accepted, paging);
    List<Hit> hits = hits(ranked.best(), request.projection());
    Optional<Explanation> explanation =
        request.explain()
            ? Optional.of(
                new Explanation(
                    snapshot.manifest().version(),
                    snapshot.live().stream().mapToLong(view -> view.alive().cardinality()).sum(),
                    ranked.steps()))
            : Optional.empty();
    return new QueryResult(hits, paging.next(ranked.best()), trace.cost(), explanation);
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

  private Ranked rank(QueryRequest request, List<PartRows> accepted, Paging paging) {
    int k = request.topK();
    // Documents are read ahead only of a single ranking over few parts: the hits of a fusion are
    // not known before all its clauses are done, and with many parts most of what each part finds
    // is not among the results.
    if (request.ranking() instanceof Ranking.Nearest nearest && accepted.size() <= FEW_PARTS) {
      Projected wanted = request.projection().of(snapshot.schema());
      Optional<Projected> ahead = wanted.isEmpty() ? Optional.empty() : Optional.of(wanted);
      return nearest(nearest, accepted, k, ahead);
    }
    return switch (request.ranking()) {
      case Ranking.Fusion fusion -> fuse(fusion, accepted, k, paging);
      case Ranking.IdOrder _ -> new Ranked(inIdOrder(accepted, paging.after(), k), List.of());
      case Ranking plain -> plain(plain, accepted, k);
    };
  }

  /** Ranks by something that may stand in a fusion. */
  private Ranked plain(Ranking ranking, List<PartRows> accepted, int k) {
    return switch (ranking) {
      case Ranking.Nearest nearest -> nearest(nearest, accepted, k, Optional.empty());
      case Ranking.Bm25 bm25 -> text(bm25, accepted, k);
      case Ranking.Fusion _, Ranking.IdOrder _ ->
          throw new IllegalArgumentException("stands in no fusion: " + ranking);
    };
  }

  /**
   * @param ahead what will be read of the hits
   */
  private Ranked nearest(
      Ranking.Nearest nearest, List<PartRows> accepted, int k, Optional<Projected> ahead) {
    if (accepted.isEmpty()) {
      return new Ranked(List.of(), List.of());
    }
    VectorField field = snapshot.schema().vector(nearest.field()).orElseThrow();
    BestScores best = new BestScores(k);
    List<Part.Found> found =
        Parallel.map(
            accepted,
            rows -> {
              VectorQuery query =
                  new VectorQuery(
                      nearest.vector(),
                      k,
                      rows.accept(),
                      nearest.recallTarget(),
                      nearest.effort(),
                      best.bar());
              Part.Found hits = rows.part().nearest(field, query, ahead);
              best.add(hits.hits().scores());
              return hits;
            });
    List<Candidate> candidates = new ArrayList<>();
    List<Explanation.Step> steps = new ArrayList<>();
    for (int i = 0; i < accepted.size(); i++) {
      PartRows rows = accepted.get(i);
      VectorHits hits = found.get(i).hits();
      ReadTrace.current().ifPresent(trace -> trace.scored(hits.scored()));
      steps.add(step(rows, found.get(i).strategy(), hits.scored()));
      for (int hit = 0; hit < hits.rows().length; hit++) {
        candidates.add(
            new Candidate(
                rows.part(),
                hits.rows()[hit],
                Similarity.shown(field.metric(), hits.scores()[hit])));
      }
    }
    return new Ranked(best(candidates, k), steps);
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

  private Ranked text(Ranking.Bm25 bm25, List<PartRows> accepted, int k) {
    bm25.fields().forEach(weighted -> requireTextIndex(weighted.field()));
    String what =
        "text index on " + bm25.fields().stream().map(Ranking.WeightedField::field).toList();
    List<Candidate> best = new TextSearch(bm25, snapshot.schema(), plugins, accepted).best(k);
    return new Ranked(best, accepted.stream().map(rows -> step(rows, what, 0)).toList());
  }

  private static Explanation.Step step(PartRows rows, String what, long scored) {
    return new Explanation.Step(
        rows.part().label(),
        rows.part().who().map(who -> what + " (" + who + ")").orElse(what),
        rows.part().alive().cardinality(),
        rows.accept().cardinality(),
        scored);
  }

  /** Ranks by all clauses side by side, so that a fusion has the waves of its deepest clause. */
  private Ranked fuse(Ranking.Fusion fusion, List<PartRows> accepted, int k, Paging paging) {
    List<Ranked> rankings =
        Parallel.map(fusion.clauses(), clause -> plain(clause.ranking(), accepted, fusion.depth()));
    List<Candidate> fused = Fusing.fused(fusion, rankings.stream().map(Ranked::best).toList());
    return new Ranked(
        best(paging.unseenOf(fused), k),
        rankings.stream().flatMap(ranked -> ranked.steps().stream()).toList());
  }

  private static List<Candidate> best(List<Candidate> candidates, int k) {
    return candidates.stream().sorted(Candidate.BEST_FIRST).limit(k).toList();
  }

  /** The first rows of all parts by id. Each part gives its own in order, so they are merged. */
  private static List<Candidate> inIdOrder(
      List<PartRows> accepted, Optional<DocId> after, int limit) {
    PriorityQueue<OrderedRows> next =
        new PriorityQueue<>(Comparator.comparing(OrderedRows::firstId));
    for (PartRows rows : accepted) {
      int[] ordered = rows.part().inIdOrder(rows.accept(), after, limit);
      if (ordered.length > 0) {
        next.add(new OrderedRows(rows.part(), ordered, 0));
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    while (!next.isEmpty() && candidates.size() < limit) {
      OrderedRows first = next.remove();
      candidates.add(new Candidate(first.part(), first.rows()[first.from()], 1));
      if (first.from() + 1 < first.rows().length) {
        next.add(new OrderedRows(first.part(), first.rows(), first.from() + 1));
      }
    }
    return candidates;
  }

  /**
   * Rows of one part in the order of their ids.
   *
   * @param from the first one that is not taken yet
   */
  private record OrderedRows(Part part, int[] rows, int from) {
    DocId firstId() {
      return part.id(rows[from]);
    }
  }

  private List<Hit> hits(List<Candidate> best, Projection projection) {
    List<Document> documents = fetch(best, projection).all();
    List<Hit> hits = new ArrayList<>(best.size());
    for (int i = 0; i < best.size(); i++) {
      hits.add(new Hit(best.get(i).score(), documents.get(i)));
    }
    return hits;
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
    List<Candidate> candidates = inIdOrder(accepted(filter), request.after(), request.limit());
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
