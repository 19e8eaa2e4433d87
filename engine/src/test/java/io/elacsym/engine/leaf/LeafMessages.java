package io.elacsym.engine.leaf;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreBar;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.aggregate.Measure;
import io.elacsym.engine.aggregate.Partial;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.aggregate.TallyKey;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.leaf.LeafQuestion.Wanted;
import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.OrderedRow;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Random questions and answers about a segment. */
final class LeafMessages {
  private final Random random;
  private final Samples samples;
  private final int rows;

  LeafMessages(Random random, int rows) {
    this.random = random;
    this.samples = new Samples(random);
    this.rows = rows;
  }

  LeafQuestion question() {
    return switch (random.nextInt(10)) {
      case 8 -> new LeafQuestion.Together(tallies(), rowSet());
      case 9 -> first();
      case 0 -> new LeafQuestion.Matching(filter(4));
      case 1 ->
          new LeafQuestion.Nearest(
              samples.text(),
              vectorQuery(),
              random.nextBoolean() ? Optional.of(wanted()) : Optional.empty());
      case 2 -> new LeafQuestion.Counting(samples.text(), texts(), rowSet());
      case 3 -> new LeafQuestion.Search(samples.text(), textQuery());
      case 5 ->
          new LeafQuestion.Meaning(samples.text(), pattern(), rowSet(), 1 + random.nextInt(9));
      case 6 -> new LeafQuestion.Finding(samples.text(), clause(3), rowSet());
      case 4 -> new LeafQuestion.Scoring(samples.text(), textQuery(), rowNumbers());
      default -> new LeafQuestion.Fetch(rowNumbers(), wanted());
    };
  }

  LeafAnswer answer() {
    return switch (random.nextInt(10)) {
      case 8 -> new LeafAnswer.Together(List.of(tallied(), tallied()));
      case 9 ->
          new LeafAnswer.First(
              IntStream.of(rowNumbers()).mapToObj(row -> new OrderedRow(row, values(2))).toList());
      case 0 -> new LeafAnswer.Refused(samples.text());
      case 1 -> new LeafAnswer.Rows(rowSet());
      case 2 -> {
        int[] found = rowNumbers();
        yield new LeafAnswer.Vectors(
            new VectorHits(found, samples.vector(found.length), random.nextInt(1_000)),
            samples.text());
      }
      case 3 -> new LeafAnswer.Counts(statistics());
      case 4 -> {
        int[] found = rowNumbers();
        yield new LeafAnswer.Texts(new TextHits(found, samples.vector(found.length)));
      }
      case 6 -> new LeafAnswer.Terms(weighted());
      case 5 -> new LeafAnswer.Scores(samples.vector(random.nextInt(9)));
      default -> {
        List<LeafAnswer.Content> contents = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
          Map<String, Value> attributes = new HashMap<>();
          for (ElementType type : ElementType.values()) {
            attributes.put(type.name(), samples.scalar(type));
            attributes.put("array " + type.name(), new Value.Array(samples.scalars(type, 3)));
          }
          contents.add(new LeafAnswer.Content(Map.of("v", samples.vector(3)), attributes));
        }
        yield new LeafAnswer.Contents(contents);
      }
    };
  }

  private LeafQuestion.First first() {
    RowOrder order =
        new RowOrder(
            List.of(
                new RowOrder.Key(samples.text(), random.nextBoolean(), random.nextBoolean()),
                new RowOrder.Key(samples.text(), random.nextBoolean(), random.nextBoolean())));
    DocId.Kind kind = samples.oneOf(List.of(DocId.Kind.values()));
    Optional<Position> after =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Position(values(2), samples.id(kind)));
    return new LeafQuestion.First(order, rowSet(), after, 1 + random.nextInt(100));
  }

  private List<Optional<Value.Scalar>> values(int count) {
    List<Optional<Value.Scalar>> values = new ArrayList<>();
    for (int left = count; left > 0; left--) {
      values.add(
          random.nextInt(4) == 0
              ? Optional.empty()
              : Optional.of(samples.scalar(samples.oneOf(Arrays.asList(ElementType.values())))));
    }
    return values;
  }

  private List<Tally> tallies() {
    List<TallyKey> keys =
        List.of(
            new TallyKey.Values(samples.text(), random.nextBoolean()),
            new TallyKey.Ranges(
                samples.text(),
                List.of(new TallyKey.Range(values(1).getFirst(), values(1).getFirst()))),
            new TallyKey.Dates(samples.text(), new DateInterval.Fixed(Duration.ofMillis(7))),
            new TallyKey.Dates(
                samples.text(),
                new DateInterval.Calendar(
                    samples.oneOf(List.of(DateInterval.Unit.values())),
                    ZoneId.of("Europe/Berlin"))));
    List<Measure> measures =
        List.of(
            new Measure.Rows(),
            new Measure.Total(samples.text()),
            new Measure.Extreme(samples.text(), random.nextBoolean()));
    return List.of(
        new Tally(List.of(), measures, OptionalInt.empty()),
        new Tally(
            keys.subList(0, 1 + random.nextInt(4)),
            List.of(),
            OptionalInt.of(1 + random.nextInt(9))));
  }

  private Tallied tallied() {
    List<Tallied.Group> groups = new ArrayList<>();
    for (int left = random.nextInt(3); left > 0; left--) {
      groups.add(
          new Tallied.Group(
              values(random.nextInt(3)),
              List.of(
                  new Partial.Rows(random.nextInt(100)),
                  new Partial.Total(
                      new BigInteger(2_000, random).negate(),
                      random.nextInt(2_000) - 1_074,
                      random.nextInt(9)),
                  new Partial.Extreme(random.nextBoolean(), values(1).getFirst()))));
    }
    return new Tallied(groups, random.nextBoolean());
  }

  private VectorQuery vectorQuery() {
    ScoreBar bar = new ScoreBar();
    if (random.nextBoolean()) {
      bar.raise(random.nextFloat() - 0.5f);
    }
    return new VectorQuery(
        samples.vector(1 + random.nextInt(5)),
        1 + random.nextInt(100),
        rowSet(),
        random.nextDouble(),
        random.nextBoolean() ? OptionalInt.of(random.nextInt(10)) : OptionalInt.empty(),
        bar);
  }

  private TextQuery textQuery() {
    return new TextQuery(clause(3), statistics(), 1 + random.nextInt(100), rowSet());
  }

  private List<WeightedTerm> weighted() {
    return texts().stream().map(term -> new WeightedTerm(term, random.nextFloat())).toList();
  }

  private TermPattern pattern() {
    return random.nextBoolean()
        ? new TermPattern.Prefix(samples.text())
        : new TermPattern.Fuzzy(samples.text(), random.nextInt(3), random.nextInt(4));
  }

  private TextClause clause(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> new TextClause.Term(samples.text());
      case 1 ->
          new TextClause.Phrase(
              texts().stream()
                  .map(term -> new TextClause.PlacedTerm(term, random.nextInt(9)))
                  .toList(),
              random.nextInt(9));
      case 2 -> new TextClause.Forms(weighted());
      case 3 -> new TextClause.Weighted(clause(depth - 1), random.nextFloat());
      default ->
          new TextClause.Group(
              List.of(clause(depth - 1)),
              List.of(clause(depth - 1), clause(depth - 1)),
              random.nextInt(3),
              random.nextBoolean() ? List.of() : List.of(clause(depth - 1)));
    };
  }

  private TextStatistics statistics() {
    Map<String, Long> frequencies = new HashMap<>();
    texts().forEach(term -> frequencies.put(term, random.nextLong(1L << 40)));
    return new TextStatistics(random.nextInt(100), random.nextLong(1L << 50), frequencies);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      texts.add(samples.text());
    }
    return texts;
  }

  private Wanted wanted() {
    return new Wanted(texts(), texts());
  }

  private int[] rowNumbers() {
    return random.ints(random.nextInt(6), 0, rows).toArray();
  }

  private RowSet rowSet() {
    BitSet bits = new BitSet();
    int density = random.nextInt(5);
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(4) < density) {
        bits.set(row);
      }
    }
    return RowSet.of(rows, bits);
  }

  private TypedFilter filter(int depth) {
    String field = samples.text();
    ElementType type = samples.oneOf(Arrays.asList(ElementType.values()));
    return switch (random.nextInt(depth == 0 ? 16 : 19)) {
      case 0 -> new TypedFilter.Equal(field, samples.scalar(type));
      case 1 -> new TypedFilter.NotEqual(field, samples.scalar(type));
      case 2 ->
          new TypedFilter.Compare(
              field,
              samples.oneOf(Arrays.asList(TypedFilter.Order.values())),
              samples.scalar(type));
      case 3 -> new TypedFilter.In(field, samples.scalars(type, 4));
      case 4 -> new TypedFilter.NotIn(field, samples.scalars(type, 4));
      case 5 -> new TypedFilter.Substring(field, samples.text());
      case 6 -> new TypedFilter.SubstringAny(field, texts());
      case 7 -> new TypedFilter.SubstringAll(field, texts());
      case 8 -> new TypedFilter.ContainsAny(field, samples.scalars(type, 4));
      case 9 -> new TypedFilter.ContainsAll(field, samples.scalars(type, 4));
      case 10 -> new TypedFilter.Exists(field, random.nextBoolean());
      case 11 -> new TypedFilter.Prefix(field, samples.text());
      case 12 -> new TypedFilter.Glob(field, samples.text());
      case 13 -> new TypedFilter.Regex(field, samples.text());
      case 14 -> new TypedFilter.GeoRadius(field, samples.point(), random.nextDouble() * 1e7);
      case 15 -> new TypedFilter.GeoBox(field, new TypedFilter.Box(-7, 9, 800_000_000, -5));
      case 16 -> new TypedFilter.Not(filter(depth - 1));
      case 17 -> new TypedFilter.And(List.of(filter(depth - 1), filter(depth - 1)));
      default -> new TypedFilter.Or(List.of(filter(depth - 1)));
    };
  }
}
