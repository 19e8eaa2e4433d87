package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.check.FilterCheck;
import io.elacsym.engine.check.QueryCheck;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.leaf.LeafCall;
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
import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.query.TextSearch.PartRows;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/** Answers requests from one snapshot. For one request at a time. */
public final class SnapshotReader {
  /** With more parts documents are not read before it is known which are wanted. */
  private static final int FEW_PARTS = 4;

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
   * @param texts what its text queries are in their fields
   * @param explain how a row came to its score; empty where there is nothing to tell
   */
  private record Ranked(
      List<Candidate> best,
      List<Explanation.Step> steps,
      List<FieldText> texts,
      Optional<Function<Candidate, ScoreExplanation>> explain) {}

  private QueryResult answer(QueryRequest request, Optional<TypedFilter> filter, ReadTrace trace) {
    openIndexes(QueryNeeds.of(List.of(request)));
    Paging paging = new Paging(request);
    List<PartRows> accepted = paging.unseen(accepted(filter));
    Ranked ranked = rank(request, accepted, paging);
    HitDetails details = new HitDetails(request, ranked.texts(), ranked.explain());
    List<Hit> hits = details.of(ranked.best(), fetch(ranked.best(), details.reading()).all());
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
      case Ranking.IdOrder _ ->
          new Ranked(
              inIdOrder(accepted, paging.after(), k), List.of(), List.of(), Optional.empty());
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
      return new Ranked(List.of(), List.of(), List.of(), Optional.empty());
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
    return new Ranked(
        best(candidates, k),
        steps,
        List.of(),
        Optional.of(
            hit -> new ScoreExplanation.Nearest(hit.score(), field.name(), field.metric())));
  }

  private Ranked text(Ranking.Bm25 bm25, List<PartRows> accepted, int k) {
    String what =
        "text index on " + bm25.fields().stream().map(Ranking.WeightedField::field).toList();
    TextRanking ranking = TextRanking.of(bm25, snapshot.schema(), plugins, accepted);
    return new Ranked(
        ranking.best(k),
        accepted.stream().map(rows -> step(rows, what, 0)).toList(),
        ranking.texts(),
        Optional.of(ranking::explain));
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
    List<List<Candidate>> ranked = rankings.stream().map(Ranked::best).toList();
    List<Candidate> fused = Fusing.fused(fusion, ranked);
    FusedExplainer explainer =
        new FusedExplainer(fusion, ranked, rankings.stream().map(Ranked::explain).toList());
    return new Ranked(
        best(paging.unseenOf(fused), k),
        rankings.stream().flatMap(own -> own.steps().stream()).toList(),
        rankings.stream().flatMap(own -> own.texts().stream()).toList(),
        Optional.of(explainer::explain));
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
    List<Candidate> candidates = inIdOrder(accepted(filter), request.after(), request.limit());
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
