package io.elacsym.engine.query;

import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.task.Parallel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What hits show besides their documents: where they have what was asked for, and why. */
final class HitDetails {
  private static final int AT_ONCE = 8;

  private final Projection asked;
  private final Optional<Highlighting> highlighting;
  private final Optional<Function<Candidate, ScoreExplanation>> explain;

  /**
   * @param texts what the text queries of the request are in their fields
   * @param explain how a hit came to its score; empty where there is nothing to tell
   */
  HitDetails(
      QueryRequest request,
      List<FieldText> texts,
      Optional<Function<Candidate, ScoreExplanation>> explain) {
    this.asked = request.projection();
    this.highlighting = request.highlight().map(wanted -> new Highlighting(wanted, texts));
    this.explain = explain.filter(how -> request.explainScores());
  }

  /** What has to be read of each hit. */
  Projection reading() {
    return highlighting.map(h -> h.reading(asked)).orElse(asked);
  }

  /** Makes hits of rows and what was read of them. */
  List<Hit> of(List<Candidate> best, List<Document> read) {
    List<Integer> all = IntStream.range(0, best.size()).boxed().toList();
    return highlighting.isEmpty() && explain.isEmpty()
        ? all.stream().map(i -> of(best.get(i), read.get(i))).toList()
        : Parallel.map(all, AT_ONCE, i -> of(best.get(i), read.get(i)));
  }

  private Hit of(Candidate hit, Document read) {
    return new Hit(
        hit.score(),
        highlighting.isPresent() ? Highlighting.shown(read, asked) : read,
        highlighting.map(h -> h.of(hit, read)).orElse(Map.of()),
        explain.map(how -> how.apply(hit)));
  }
}
