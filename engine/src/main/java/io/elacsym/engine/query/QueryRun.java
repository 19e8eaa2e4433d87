package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.aggregate.AskedAggregation;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Allowance;
import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Explanation;
import io.elacsym.engine.model.Explanation.Node;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.plan.FilterPlan;
import io.elacsym.engine.plan.PartFacts;
import io.elacsym.engine.plan.Plan;
import io.elacsym.engine.plan.Plan.Reading;
import io.elacsym.engine.plan.Planner;
import io.elacsym.engine.plan.RankPlan;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.ReadTrace.Taken;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One query, carried out as it is planned: filter, rank, fetch. Each step is measured, so that an
 * explanation can tell what the plan expected and what came of it.
 */
final class QueryRun {
  private final InstantSource clock;
  private final Snapshot snapshot;
  private final Plugins plugins;
  private final List<Part> parts;
  private final List<PartFacts> facts;
  private final QueryRequest request;
  private final Paging paging;

  QueryRun(
      InstantSource clock,
      Snapshot snapshot,
      Plugins plugins,
      List<Part> parts,
      QueryRequest request) {
    this.clock = clock;
    this.snapshot = snapshot;
    this.plugins = plugins;
    this.parts = parts;
    this.facts = parts.stream().map(Part::facts).toList();
    this.request = request;
    this.paging = new Paging(request);
  }

  /**
   * What a step gave.
   *
   * @param node what an explanation says of it
   */
  private record Step<T>(T result, Node node) {}

  /**
   * @param aggregation what is wanted to know of all rows that are found
   */
  QueryResult run(Optional<TypedFilter> filter, AskedAggregation aggregation, ReadTrace trace) {
    Step<List<Accepted>> accepted = accept(filter);
    List<RowSet> unseen = accepted.result().stream().map(Accepted::unseen).toList();
    Plan plan =
        Planner.plan(
            request,
            snapshot.schema(),
            facts,
            unseen.stream().map(rows -> (long) rows.cardinality()).toList());
    Parallel.Both<Step<Ranked>, Optional<Step<Aggregated>>> found =
        found(plan, accepted, unseen, aggregation);
    Step<Ranked> ranked = found.first();
    List<Node> inputs = new ArrayList<>(List.of(ranked.node()));
    found.second().map(Step::node).ifPresent(inputs::add);
    Step<List<Hit>> hits = fetch(ranked.result(), plan.reading(), inputs);
    Optional<Explanation> explanation =
        request.explain()
            ? Optional.of(
                new Explanation(
                    snapshot.manifest().version(),
                    snapshot.live().stream().mapToLong(view -> view.alive().cardinality()).sum(),
                    hits.node()))
            : Optional.empty();
    return new QueryResult(
        hits.result(),
        paging.next(ranked.result().best(), ranked.result().last()),
        found.second().map(Step::result),
        trace.cost(),
        explanation);
  }

  /**
   * Rows of one part that a filter accepts.
   *
   * @param unseen those of them that may be results of this page
   */
  private record Accepted(RowSet all, RowSet unseen) {
    static Accepted none(Part part) {
      RowSet none = RowSet.of(part.alive().rowCount(), new BitSet());
      return new Accepted(none, none);
    }
  }

  /** The best rows, and beside it what is wanted to know of all of them: as far as asked for. */
  private Parallel.Both<Step<Ranked>, Optional<Step<Aggregated>>> found(
      Plan plan, Step<List<Accepted>> accepted, List<RowSet> unseen, AskedAggregation aggregation) {
    Supplier<Step<Ranked>> rank =
        () ->
            request.topK() == 0
                ? new Step<>(Ranked.unscored(List.of()), accepted.node())
                : rank(plan.ranking(), unseen, plan.reading(), List.of(accepted.node()));
    if (request.aggregation().isEmpty()) {
      return new Parallel.Both<>(rank.get(), Optional.empty());
    }
    return Parallel.both(rank, () -> Optional.of(aggregate(aggregation, accepted.result())));
  }

  /** Computes what is wanted to know of all rows that are found. */
  private Step<Aggregated> aggregate(AskedAggregation asked, List<Accepted> accepted) {
    Taken<Aggregated> taken =
        apart(() -> {
          List<PartRows> matching = new ArrayList<>();
          for (int part = 0; part < parts.size(); part++) {
            if (!accepted.get(part).all().isEmpty()) {
              matching.add(new PartRows(parts.get(part), accepted.get(part).all()));
            }
          }
          return Aggregating.of(
              asked, new FoundRows(snapshot.schema(), plugins).of(request.ranking(), matching));
        });
    Allowance.current().take(Footprint.of(taken.result()));
    return new Step<>(
        taken.result(),
        node(
            "aggregate",
            "all that are found",
            accepted.stream().mapToLong(rows -> rows.all().cardinality()).sum(),
            taken.result().size(),
            taken,
            List.of()));
  }

  /** For each part the rows that are accepted. */
  private Step<List<Accepted>> accept(Optional<TypedFilter> filter) {
    List<FilterPlan> plans = Planner.filter(filter, facts);
    Taken<List<Step<Accepted>>> taken =
        apart(() -> Parallel.map(plans, plan -> accept(filter, plan)));
    Map<Integer, Accepted> asked = new HashMap<>();
    for (int i = 0; i < plans.size(); i++) {
      asked.put(plans.get(i).part(), taken.result().get(i).result());
    }
    List<Accepted> accepted = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      Accepted rows = asked.get(part);
      accepted.add(rows == null ? Accepted.none(parts.get(part)) : rows);
    }
    return new Step<>(
        accepted,
        node(
            "filter",
            filter.isPresent() ? "which rows are accepted" : "no filter: all rows are accepted",
            plans.stream().mapToLong(FilterPlan::atMost).sum(),
            accepted.stream().mapToLong(rows -> rows.unseen().cardinality()).sum(),
            taken,
            taken.result().stream().map(Step::node).toList()));
  }

  private Step<Accepted> accept(Optional<TypedFilter> filter, FilterPlan plan) {
    Part part = parts.get(plan.part());
    Taken<Accepted> taken =
        apart(() -> {
          RowSet all = filter.map(part::matching).orElseGet(part::alive);
          return new Accepted(all, paging.unseen(part, all));
        });
    return new Step<>(
        taken.result(),
        node(
            part,
            plan.access().shown(),
            plan.atMost(),
            taken.result().unseen().cardinality(),
            taken));
  }

  private Step<Ranked> rank(
      RankPlan plan, List<RowSet> accepted, Reading reading, List<Node> inputs) {
    return switch (plan) {
      case RankPlan.Nearest nearest -> nearest(nearest, accepted, reading, inputs);
      case RankPlan.Text text -> text(text, accepted, inputs);
      case RankPlan.Fused fused -> fuse(fused, accepted, inputs);
      case RankPlan.ByAttributes order -> byAttributes(order, accepted, inputs);
      case RankPlan.ByValue value -> byValue(value, accepted, inputs);
      case RankPlan.Few few -> few(few, accepted, inputs);
      case RankPlan.ById byId -> byId(byId, accepted, inputs);
    };
  }

  /** Ranks as often as it takes until there are enough of different values. */
  private Step<Ranked> few(RankPlan.Few plan, List<RowSet> accepted, List<Node> inputs) {
    DistinctSearch search = new DistinctSearch(snapshot.schema(), plan.asked());
    List<Node> nodes = new ArrayList<>();
    List<Ranked> rounds = new ArrayList<>();
    Taken<List<Candidate>> taken =
        apart(() -> {
          if (plan.k() == 0) {
            return List.of();
          }
          if (plan.inner() instanceof RankPlan.Fused fused) {
            Step<Ranked> whole = fuse(fused, accepted, List.of());
            nodes.add(whole.node());
            rounds.add(whole.result());
            return search.best(whole.result().best(), plan.k());
          }
          List<Candidate> found =
              search.best(
                  parts,
                  accepted,
                  plan.k(),
                  (left, wanted) -> {
                    Step<Ranked> round =
                        rank(plan.inner().withK(wanted), left, Reading.AFTER, List.of());
                    nodes.add(round.node());
                    rounds.add(round.result());
                    return round.result().best();
                  });
          // A search of vectors that is not exact may find better rows later than others.
          return plan.inner() instanceof RankPlan.Nearest ? best(found, plan.k()) : found;
        });
    nodes.addAll(inputs);
    return new Step<>(
        // The first round has seen the most, and all of them rank in the same way.
        rounds.isEmpty() ? Ranked.unscored(taken.result()) : rounds.getFirst().with(taken.result()),
        node(
            "distinct",
            "at most "
                + plan.asked().limit()
                + " of each "
                + plan.asked().fields().stream().map(Distinct.Field::name).toList(),
            plan.k(),
            taken.result().size(),
            taken,
            nodes));
  }

  private Step<Ranked> byAttributes(
      RankPlan.ByAttributes plan, List<RowSet> accepted, List<Node> inputs) {
    Taken<List<OrderedSearch.Placed>> taken =
        apart(() ->
            plan.k() == 0
                ? List.<OrderedSearch.Placed>of()
                : new OrderedSearch(plan.order(), plan.after())
                    .first(rows(plan.parts(), accepted), plan.k()));
    List<OrderedSearch.Placed> first = taken.result();
    return new Step<>(
        Ranked.inOrder(
            first.stream().map(OrderedSearch.Placed::candidate).toList(),
            first.isEmpty() ? Optional.empty() : Optional.of(first.getLast().position())),
        node(
            "order",
            "by " + plan.order().fields().toList(),
            plan.k(),
            first.size(),
            taken,
            inputs));
  }

  private Step<Ranked> byValue(RankPlan.ByValue plan, List<RowSet> accepted, List<Node> inputs) {
    Taken<List<Candidate>> taken =
        apart(() ->
            plan.k() == 0
                ? List.<Candidate>of()
                : new OrderedSearch(plan.order(), Optional.empty())
                    .byValue(rows(plan.parts(), accepted), plan.k()));
    String field = plan.order().keys().getFirst().field();
    return new Step<>(
        Ranked.scored(
            taken.result(), List.of(), hit -> new ScoreExplanation.OfValue(hit.score(), field)),
        node(
            "order",
            "by " + plan.order().fields().toList() + ", where there is a value of " + field,
            plan.k(),
            taken.result().size(),
            taken,
            inputs));
  }

  private List<PartRows> rows(List<Integer> searched, List<RowSet> accepted) {
    return searched.stream()
        .map(part -> new PartRows(parts.get(part), accepted.get(part)))
        .toList();
  }

  /** What one part has found of the nearest. */
  private record NearestOfPart(Part part, Part.Found found) {}

  private Step<Ranked> nearest(
      RankPlan.Nearest plan, List<RowSet> accepted, Reading reading, List<Node> inputs) {
    VectorField field = snapshot.schema().vector(plan.asked().field()).orElseThrow();
    Optional<Projected> ahead =
        reading == Reading.AHEAD
            ? Optional.of(request.projection().of(snapshot.schema()))
            : Optional.empty();
    BestScores best = new BestScores(plan.k());
    Taken<List<Step<NearestOfPart>>> taken =
        apart(() ->
            Parallel.map(
                rows(plan.parts(), accepted), rows -> nearest(plan, field, rows, ahead, best)));
    List<Candidate> candidates = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (Step<NearestOfPart> step : taken.result()) {
      nodes.add(step.node());
      Part.Found found = step.result().found();
      for (int hit = 0; hit < found.hits().rows().length; hit++) {
        candidates.add(
            new Candidate(
                step.result().part(),
                found.hits().rows()[hit],
                Similarity.shown(field.metric(), found.hits().scores()[hit])));
      }
    }
    List<Candidate> ranked = best(candidates, plan.k());
    nodes.addAll(inputs);
    return new Step<>(
        Ranked.scored(
            ranked,
            List.of(),
            hit -> new ScoreExplanation.Nearest(hit.score(), field.name(), field.metric())),
        node(
            "nearest",
            "the " + plan.k() + " nearest by " + field.name(),
            plan.k(),
            ranked.size(),
            taken,
            nodes));
  }

  private Step<NearestOfPart> nearest(
      RankPlan.Nearest plan,
      VectorField field,
      PartRows rows,
      Optional<Projected> ahead,
      BestScores best) {
    Ranking.Nearest asked = plan.asked();
    Taken<Part.Found> taken =
        apart(() -> {
          Part.Found found =
              rows.part()
                  .nearest(
                      field,
                      new VectorQuery(
                          asked.vector(),
                          plan.k(),
                          rows.accept(),
                          asked.recallTarget(),
                          asked.effort(),
                          best.bar()),
                      ahead);
          ReadTrace.current().ifPresent(trace -> trace.scored(found.hits().scored()));
          return found;
        });
    Part.Found found = taken.result();
    best.add(found.hits().scores());
    int atMost = Math.min(plan.k(), rows.accept().cardinality());
    return new Step<>(
        new NearestOfPart(rows.part(), found),
        node(rows.part(), found.strategy(), atMost, found.hits().rows().length, taken));
  }

  private Ranked ranked(RankPlan.Text plan, List<RowSet> accepted) {
    if (plan.k() == 0) {
      return Ranked.unscored(List.of());
    }
    TextRanking ranking =
        TextRanking.of(plan.asked(), snapshot.schema(), plugins, rows(plan.parts(), accepted));
    return Ranked.scored(ranking.best(plan.k()), ranking.texts(), ranking::explain);
  }

  private Step<Ranked> text(RankPlan.Text plan, List<RowSet> accepted, List<Node> inputs) {
    Taken<Ranked> taken = apart(() -> ranked(plan, accepted));
    String what =
        "text index on "
            + plan.asked().fields().stream().map(Ranking.WeightedField::field).toList();
    List<Node> nodes = new ArrayList<>();
    if (request.explain()) {
      plan.parts().forEach(part -> nodes.add(ofPart(part, what, accepted, taken.result().best())));
    }
    nodes.addAll(inputs);
    return new Step<>(
        taken.result(),
        node(
            "text",
            "the " + plan.k() + " best by " + what,
            plan.k(),
            taken.result().best().size(),
            taken,
            nodes));
  }

  /** Parts are searched together, so what each of them took alone is not known. */
  private Node ofPart(int part, String what, List<RowSet> accepted, List<Candidate> found) {
    Part searched = parts.get(part);
    return node(
        searched,
        what,
        accepted.get(part).cardinality(),
        found.stream().filter(candidate -> candidate.part().equals(searched)).count(),
        ReadTrace.nothing());
  }

  private Step<Ranked> fuse(RankPlan.Fused plan, List<RowSet> accepted, List<Node> inputs) {
    Taken<List<Step<Ranked>>> taken =
        apart(() ->
            Parallel.map(
                plan.clauses(), clause -> rank(clause, accepted, Reading.AFTER, List.of())));
    List<Ranked> rankings = taken.result().stream().map(Step::result).toList();
    List<List<Candidate>> found = rankings.stream().map(Ranked::best).toList();
    List<Candidate> fused = Fusing.fused(plan.asked(), found);
    FusedExplainer explainer =
        new FusedExplainer(plan.asked(), found, rankings.stream().map(Ranked::explain).toList());
    List<Candidate> ranked = best(paging.unseenOf(fused), plan.k());
    List<Node> nodes = new ArrayList<>(taken.result().stream().map(Step::node).toList());
    nodes.addAll(inputs);
    return new Step<>(
        Ranked.scored(
            ranked,
            rankings.stream().flatMap(own -> own.texts().stream()).toList(),
            explainer::explain),
        node(
            "fuse",
            "by "
                + (plan.asked().method() instanceof Ranking.Method.NormalizedScore
                    ? "score"
                    : "rank"),
            plan.k(),
            ranked.size(),
            taken,
            nodes));
  }

  private Step<Ranked> byId(RankPlan.ById plan, List<RowSet> accepted, List<Node> inputs) {
    Taken<List<Candidate>> taken =
        apart(() -> IdOrder.first(rows(plan.parts(), accepted), plan.after(), plan.k()));
    return new Step<>(
        Ranked.unscored(taken.result()),
        node("order", "by id", plan.k(), taken.result().size(), taken, inputs));
  }

  private static List<Candidate> best(List<Candidate> candidates, int k) {
    return candidates.stream().sorted(Candidate.BEST_FIRST).limit(k).toList();
  }

  private Step<List<Hit>> fetch(Ranked ranked, Reading reading, List<Node> inputs) {
    List<Candidate> best = ranked.best();
    HitDetails details = new HitDetails(request, ranked.texts(), ranked.explain());
    Projected wanted = details.reading().of(snapshot.schema());
    Taken<List<Document>> taken = apart(() -> new DocumentFetch(best, wanted).all());
    List<Hit> hits = details.of(best, taken.result());
    String what =
        switch (reading) {
          case NOTHING -> "ids, which are in memory";
          case AHEAD -> "documents, while it is found out which they are";
          case AFTER -> "documents";
        };
    return new Step<>(hits, node("fetch", what, best.size(), hits.size(), taken, inputs));
  }

  private static Node node(
      String operation, String what, long estimated, long rows, Taken<?> taken, List<Node> inputs) {
    return new Node(
        operation,
        what,
        Optional.empty(),
        estimated,
        rows,
        taken.cost(),
        taken.time().toNanos() / 1_000,
        inputs);
  }

  private <T> Taken<T> apart(Supplier<T> step) {
    return ReadTrace.apart(clock, step);
  }

  private static Node node(Part part, String what, long estimated, long rows, Taken<?> taken) {
    return new Node(
        "part",
        part.who().map(who -> what + " (" + who + ")").orElse(what),
        Optional.of(part.label()),
        estimated,
        rows,
        taken.cost(),
        taken.time().toNanos() / 1_000,
        List.of());
  }
}
