package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Explanation;
import io.elacsym.engine.model.Explanation.Node;
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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One query, carried out as it is planned: filter, rank, fetch. Each step is measured, so that an
 * explanation can tell what the plan expected and what came of it.
 */
final class QueryRun {
  private final Snapshot snapshot;
  private final Plugins plugins;
  private final List<Part> parts;
  private final List<PartFacts> facts;
  private final QueryRequest request;
  private final Paging paging;

  QueryRun(Snapshot snapshot, Plugins plugins, List<Part> parts, QueryRequest request) {
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

  QueryResult run(Optional<TypedFilter> filter, ReadTrace trace) {
    Step<List<RowSet>> accepted = accept(filter);
    Plan plan =
        Planner.plan(
            request,
            snapshot.schema(),
            facts,
            accepted.result().stream().map(rows -> (long) rows.cardinality()).toList());
    Step<Ranked> ranked = rank(plan.ranking(), accepted.result(), plan.reading(), accepted.node());
    Step<List<Hit>> hits = fetch(ranked, plan.reading());
    Optional<Explanation> explanation =
        request.explain()
            ? Optional.of(
                new Explanation(
                    snapshot.manifest().version(),
                    snapshot.live().stream().mapToLong(view -> view.alive().cardinality()).sum(),
                    hits.node()))
            : Optional.empty();
    return new QueryResult(
        hits.result(), paging.next(ranked.result().best()), trace.cost(), explanation);
  }

  /** For each part the rows that may be results. */
  private Step<List<RowSet>> accept(Optional<TypedFilter> filter) {
    List<FilterPlan> plans = Planner.filter(filter, facts);
    Taken<List<Step<RowSet>>> taken =
        ReadTrace.apart(() -> Parallel.map(plans, plan -> accept(filter, plan)));
    List<RowSet> accepted = new ArrayList<>();
    parts.forEach(part -> accepted.add(RowSet.of(part.alive().rowCount(), new BitSet())));
    for (int i = 0; i < plans.size(); i++) {
      accepted.set(plans.get(i).part(), taken.result().get(i).result());
    }
    return new Step<>(
        accepted,
        node(
            "filter",
            filter.isPresent() ? "which rows are accepted" : "no filter: all rows are accepted",
            plans.stream().mapToLong(FilterPlan::atMost).sum(),
            accepted.stream().mapToLong(RowSet::cardinality).sum(),
            taken,
            taken.result().stream().map(Step::node).toList()));
  }

  private Step<RowSet> accept(Optional<TypedFilter> filter, FilterPlan plan) {
    Part part = parts.get(plan.part());
    Taken<RowSet> taken =
        ReadTrace.apart(
            () -> paging.unseen(part, filter.map(part::matching).orElseGet(part::alive)));
    return new Step<>(
        taken.result(),
        node(part, plan.access().shown(), plan.atMost(), taken.result().cardinality(), taken));
  }

  private Step<Ranked> rank(RankPlan plan, List<RowSet> accepted, Reading reading, Node input) {
    return switch (plan) {
      case RankPlan.Nearest nearest -> nearest(nearest, accepted, reading, List.of(input));
      case RankPlan.Text text -> text(text, accepted, List.of(input));
      case RankPlan.Fused fused -> fuse(fused, accepted, input);
      case RankPlan.ById byId -> byId(byId, accepted, List.of(input));
    };
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
        ReadTrace.apart(() ->
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
        new Ranked(
            ranked,
            List.of(),
            Optional.of(
                hit -> new ScoreExplanation.Nearest(hit.score(), field.name(), field.metric()))),
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
        ReadTrace.apart(() -> {
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
    return new Ranked(ranking.best(plan.k()), ranking.texts(), Optional.of(ranking::explain));
  }

  private Step<Ranked> text(RankPlan.Text plan, List<RowSet> accepted, List<Node> inputs) {
    Taken<Ranked> taken = ReadTrace.apart(() -> ranked(plan, accepted));
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

  private Step<Ranked> fuse(RankPlan.Fused plan, List<RowSet> accepted, Node input) {
    Taken<List<Step<Ranked>>> taken =
        ReadTrace.apart(() ->
            Parallel.map(
                plan.clauses(),
                clause ->
                    switch (clause) {
                      case RankPlan.Nearest nearest ->
                          nearest(nearest, accepted, Reading.AFTER, List.of());
                      case RankPlan.Text text -> text(text, accepted, List.of());
                      case RankPlan.ById byId -> byId(byId, accepted, List.of());
                      case RankPlan.Fused fused -> fuse(fused, accepted, input);
                    }));
    List<Ranked> rankings = taken.result().stream().map(Step::result).toList();
    List<List<Candidate>> found = rankings.stream().map(Ranked::best).toList();
    List<Candidate> fused = Fusing.fused(plan.asked(), found);
    FusedExplainer explainer =
        new FusedExplainer(plan.asked(), found, rankings.stream().map(Ranked::explain).toList());
    List<Candidate> ranked = best(paging.unseenOf(fused), plan.k());
    List<Node> nodes = new ArrayList<>(taken.result().stream().map(Step::node).toList());
    nodes.add(input);
    return new Step<>(
        new Ranked(
            ranked,
            rankings.stream().flatMap(own -> own.texts().stream()).toList(),
            Optional.of(explainer::explain)),
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
        ReadTrace.apart(() -> IdOrder.first(rows(plan.parts(), accepted), plan.after(), plan.k()));
    return new Step<>(
        Ranked.unscored(taken.result()),
        node("order", "by id", plan.k(), taken.result().size(), taken, inputs));
  }

  private static List<Candidate> best(List<Candidate> candidates, int k) {
    return candidates.stream().sorted(Candidate.BEST_FIRST).limit(k).toList();
  }

  private Step<List<Hit>> fetch(Step<Ranked> ranked, Reading reading) {
    List<Candidate> best = ranked.result().best();
    HitDetails details =
        new HitDetails(request, ranked.result().texts(), ranked.result().explain());
    Projected wanted = details.reading().of(snapshot.schema());
    Taken<List<Document>> taken = ReadTrace.apart(() -> new DocumentFetch(best, wanted).all());
    List<Hit> hits = details.of(best, taken.result());
    String what =
        switch (reading) {
          case NOTHING -> "ids, which are in memory";
          case AHEAD -> "documents, while it is found out which they are";
          case AFTER -> "documents";
        };
    return new Step<>(
        hits, node("fetch", what, best.size(), hits.size(), taken, List.of(ranked.node())));
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
        taken.nanos() / 1_000,
        inputs);
  }

  private static Node node(Part part, String what, long estimated, long rows, Taken<?> taken) {
    return new Node(
        "part",
        part.who().map(who -> what + " (" + who + ")").orElse(what),
        Optional.of(part.label()),
        estimated,
        rows,
        taken.cost(),
        taken.nanos() / 1_000,
        List.of());
  }
}
