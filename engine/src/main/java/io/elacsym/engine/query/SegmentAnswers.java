package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.leaf.LeafAnswer;
import io.elacsym.engine.leaf.LeafAnswer.Content;
import io.elacsym.engine.leaf.LeafAnswer.Refused;
import io.elacsym.engine.leaf.LeafQuestion;
import io.elacsym.engine.leaf.LeafQuestion.Wanted;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.ValueBudget;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers questions about a segment. The leaf and, where that fails, the root do it by the same
 * code, so that it makes no difference who of them does.
 */
public final class SegmentAnswers {
  private final OpenSegment segment;
  private final Schema schema;
  private final Plugins plugins;
  private final SegmentPart part;

  private SegmentAnswers(OpenSegment segment, Schema schema, Plugins plugins) {
    this.segment = segment;
    this.schema = schema;
    this.plugins = plugins;
    this.part = new SegmentPart(segment, RowSet.all(segment.rowCount()), plugins);
  }

  /**
   * Answers a question, all of it, or refuses.
   *
   * @param schema of the namespace
   */
  public static LeafAnswer answer(
      OpenSegment segment, Schema schema, Plugins plugins, LeafQuestion question) {
    segment.openIndexes(needs(question));
    return new SegmentAnswers(segment, schema, plugins).answer(question);
  }

  private static Needs needs(LeafQuestion question) {
    return switch (question) {
      case LeafQuestion.Matching matching ->
          new Needs(Set.of(), Set.of(), matching.filter().fields());
      case LeafQuestion.Nearest nearest -> new Needs(Set.of(nearest.field()), Set.of(), Set.of());
      case LeafQuestion.Counting counting -> texts(counting.field());
      case LeafQuestion.Meaning meaning -> texts(meaning.field());
      case LeafQuestion.Finding finding -> texts(finding.field());
      case LeafQuestion.Search search -> texts(search.field());
      case LeafQuestion.Scoring scoring -> texts(scoring.field());
      case LeafQuestion.Occurring occurring -> texts(occurring.field());
      case LeafQuestion.Fetch _ -> Needs.NOTHING;
      case LeafQuestion.Together together ->
          new Needs(Set.of(), Set.of(), QueryNeeds.indexes(together.tallies()));
      case LeafQuestion.First first ->
          new Needs(Set.of(), Set.of(), QueryNeeds.indexes(first.order()));
    };
  }

  private static Needs texts(String field) {
    return new Needs(Set.of(), Set.of(field), Set.of());
  }

  private LeafAnswer answer(LeafQuestion question) {
    return switch (question) {
      case LeafQuestion.Matching matching -> new LeafAnswer.Rows(part.matching(matching.filter()));
      case LeafQuestion.Nearest nearest -> nearest(nearest);
      case LeafQuestion.Counting counting ->
          text(
              counting.field(),
              index -> new LeafAnswer.Counts(index.statistics(counting.terms(), counting.live())));
      case LeafQuestion.Meaning meaning ->
          text(
              meaning.field(),
              index ->
                  new LeafAnswer.Terms(
                      index.terms(meaning.pattern(), meaning.live(), meaning.limit())));
      case LeafQuestion.Finding finding ->
          text(
              finding.field(),
              index -> new LeafAnswer.Rows(index.matching(finding.clause(), finding.accept())));
      case LeafQuestion.Search search ->
          text(search.field(), index -> new LeafAnswer.Texts(index.search(search.query())));
      case LeafQuestion.Scoring scoring ->
          text(
              scoring.field(),
              index -> new LeafAnswer.Scores(index.score(scoring.query(), scoring.rows())));
      case LeafQuestion.Occurring occurring ->
          text(
              occurring.field(),
              index ->
                  new LeafAnswer.Frequencies(
                      index.frequencies(occurring.clauses(), occurring.rows())));
      case LeafQuestion.Fetch fetch ->
          projected(fetch.wanted())
              .<LeafAnswer>map(wanted ->
                  new LeafAnswer.Contents(
                      part.documents(fetch.rows(), wanted).stream()
                          .map(found -> new Content(found.vectors(), found.attributes()))
                          .toList()))
              .orElseGet(() -> unknown(fetch.wanted().toString()));
      case LeafQuestion.Together(List<Tally> tallies, RowSet accept) ->
          ofAttributes(
              tallies.stream().flatMap(tally -> tally.fields().stream()),
              () ->
                  new LeafAnswer.Together(part.tallied(tallies, accept, ValueBudget.ofRequest())));
      case LeafQuestion.First(RowOrder order, RowSet accept, Optional<Position> after, int limit) ->
          ofAttributes(
              order.fields().filter(field -> !field.equals(Schema.ID)),
              () ->
                  new LeafAnswer.First(
                      part.inOrder(order, accept, after, limit, ValueBudget.ofRequest())));
    };
  }

  /** Refuses where an attribute was added to the schema that is not known here yet. */
  private LeafAnswer ofAttributes(Stream<String> names, Supplier<LeafAnswer> answer) {
    List<String> unknown = names.filter(name -> schema.attribute(name).isEmpty()).toList();
    return unknown.isEmpty() ? answer.get() : unknown(unknown.toString());
  }

  private LeafAnswer nearest(LeafQuestion.Nearest nearest) {
    Optional<VectorField> field =
        schema
            .vector(nearest.field())
            .filter(known -> known.dimension() == nearest.query().vector().length);
    if (field.isEmpty()) {
      return unknown(nearest.field());
    }
    Part.Found found =
        part.nearest(field.get(), nearest.query(), nearest.ahead().flatMap(this::projected));
    return new LeafAnswer.Vectors(found.hits(), found.strategy());
  }

  private Optional<Projected> projected(Wanted wanted) {
    boolean known =
        wanted.attributes().stream().allMatch(name -> schema.attribute(name).isPresent())
            && wanted.vectors().stream().allMatch(name -> schema.vector(name).isPresent());
    List<VectorField> vectors =
        wanted.vectors().stream().flatMap(name -> schema.vector(name).stream()).toList();
    return known
        ? Optional.of(new Projected(schema, wanted.attributes(), vectors))
        : Optional.empty();
  }

  /**
   * The analysis by which the index of a text field was built, which whoever asks has used as well.
   * Empty when the segment has no such index, or none that can be read here.
   */
  static Optional<TextPlugin> analysis(OpenSegment segment, String field, Plugins plugins) {
    return segment
        .entry()
        .index(field, IndexKind.TEXT)
        .flatMap(index -> plugins.text(index.encoding(), index.recipe()));
  }

  private LeafAnswer text(String name, Function<TextIndexReader, LeafAnswer> use) {
    Optional<TextOfPart> text =
        schema
            .attribute(name)
            .flatMap(attribute -> attribute.fullText())
            .flatMap(analysis -> part.text(new TextField(name, analysis)));
    if (text.isEmpty()) {
      return unknown(name);
    }
    // An index that is lost is answered for by another one, which may have other terms.
    boolean same = analysis(segment, name, plugins).filter(text.get().plugin()::equals).isPresent();
    return same
        ? use.apply(text.get().reader())
        : new Refused("the text index of " + name + " is lost");
  }

  private static Refused unknown(String fields) {
    return new Refused("it does not know " + fields);
  }
}
