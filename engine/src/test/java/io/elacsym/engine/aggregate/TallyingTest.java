package io.elacsym.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.check.AggregationCheck;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.MemoryRows;
import io.elacsym.engine.order.ValueBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TallyingTest {
  private static final int CASES = 4_000;

  /** Documents in parts, and which of them are accepted. */
  private record Spread(List<MemoryRows> parts, List<RowSet> accepted) {
    static Spread of(Random random, Schema schema) {
      Samples samples = new Samples(random);
      List<MemoryRows> parts = new ArrayList<>();
      List<RowSet> accepted = new ArrayList<>();
      long id = 0;
      for (int left = random.nextInt(4); left > 0; left--) {
        List<Document> documents = new ArrayList<>();
        for (int rows = random.nextInt(12); rows > 0; rows--) {
          documents.add(samples.document(DocId.of(id++), schema));
        }
        Set<String> indexed = new HashSet<>(schema.attributes().keySet());
        indexed.removeIf(name -> random.nextBoolean());
        MemoryRows part = new MemoryRows(documents, schema, indexed);
        parts.add(part);
        accepted.add(part.some(random));
      }
      return new Spread(parts, accepted);
    }

    List<Document> documents() {
      List<Document> all = new ArrayList<>();
      for (int part = 0; part < parts.size(); part++) {
        RowSet rows = accepted.get(part);
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
          all.add(parts.get(part).document(row));
        }
      }
      return all;
    }

    Aggregated computed(AskedAggregation asked) {
      List<List<Tallied>> tallied = new ArrayList<>();
      for (int part = 0; part < parts.size(); part++) {
        tallied.add(
            Tallying.of(
                asked.tallies(), parts.get(part), accepted.get(part), new ValueBudget(1L << 20)));
      }
      return asked.answer(tallied);
    }
  }

  @Test
  void whateverTheParts_theAnswerIsThatOfTheDefinitionToTheLastBit() {
    Schema schema = Samples.everyType();
    int[] infinite = {0};
    Seeded.run(random -> {
      RandomAggregations aggregations = new RandomAggregations(random, schema);
      for (int round = 0; round < CASES; round++) {
        Spread spread = Spread.of(random, schema);
        Aggregation aggregation = aggregations.next();
        AskedAggregation asked = AggregationCheck.check(aggregation, schema);
        Optional<Aggregated> expected =
            NaiveAggregation.of(aggregation, schema, spread.documents());
        if (expected.isPresent()) {
          assertThat(spread.computed(asked))
              .as("case %d: %s", round, aggregation)
              .isEqualTo(expected.get());
        } else {
          infinite[0]++;
          assertThatThrownBy(() -> spread.computed(asked))
              .as("case %d: %s", round, aggregation)
              .isInstanceOf(ElacsymException.class)
              .hasMessageContaining("beyond the greatest float");
        }
      }
    });
    assertThat(infinite[0]).as("sums beyond all floats").isLessThan(CASES / 4);
  }

  /** An index of the attribute is of no use then: it tells of each value once. */
  @Test
  void anAttributeMayStandInAKeyTwice() {
    Schema schema =
        new Schema(
            List.of(), new LinkedHashMap<>(Map.of("n", Attribute.indexed(AttributeType.INT))));
    List<Document> documents =
        LongStream.range(0, 6)
            .mapToObj(
                id -> new Document(DocId.of(id), Map.of(), Map.of("n", new Value.Int(id % 2))))
            .toList();
    Tally twice =
        new Tally(
            List.of(new TallyKey.Values("n", true), new TallyKey.Values("n", true)),
            List.of(new Measure.Rows()),
            OptionalInt.empty());
    for (Set<String> indexed : List.of(Set.<String>of(), Set.of("n"))) {
      Tallied tallied =
          Tallying.of(
                  List.of(twice),
                  new MemoryRows(documents, schema, indexed),
                  RowSet.all(6),
                  new ValueBudget(1 << 20))
              .getFirst();
      assertThat(tallied.groups())
          .extracting(Tallied.Group::key)
          .containsExactly(
              List.of(Optional.of(new Value.Int(0)), Optional.of(new Value.Int(0))),
              List.of(Optional.of(new Value.Int(1)), Optional.of(new Value.Int(1))));
    }
  }

  private static MemoryRows numbered(int count) {
    return new MemoryRows(
        LongStream.range(0, count)
            .mapToObj(id ->
                new Document(
                    DocId.of(id), Map.of(), Map.of("n", new Value.Int((id * 7_919) % count))))
            .toList(),
        Samples.everyType(),
        Set.of());
  }

  private static Tally byNumber(OptionalInt first) {
    return new Tally(List.of(new TallyKey.Values("n", true)), List.of(new Measure.Rows()), first);
  }

  @Test
  void ofManyGroupsOnlyTheFirstOnesAreKeptInMemory() {
    Tallied tallied =
        Tallying.of(
                List.of(byNumber(OptionalInt.of(3))),
                numbered(5_000),
                RowSet.all(5_000),
                new ValueBudget(10_000))
            .getFirst();
    assertThat(tallied.groups())
        .extracting(Tallied.Group::key)
        .containsExactly(
            List.of(Optional.of(new Value.Int(0))),
            List.of(Optional.of(new Value.Int(1))),
            List.of(Optional.of(new Value.Int(2))));
    assertThat(tallied.more()).isTrue();
  }

  @Test
  void moreValuesThanFitTheMemoryAreRefused() {
    assertThatThrownBy(() ->
            Tallying.of(
                List.of(byNumber(OptionalInt.empty())),
                numbered(5_000),
                RowSet.all(5_000),
                new ValueBudget(10_000)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE))
        .hasMessageContaining("take more than 10000 bytes of memory");
  }
}
