package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a search of a large attribute index reads of it. */
class AttributeIndexReadsTest {
  private static final int ROWS = 200_000;

  /** The rows of each value, which all differ, in no order. */
  private static final int[] SHUFFLED = shuffled();

  private static int[] shuffled() {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    Collections.shuffle(numbers, new Random(42));
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static MemoryBlobSource written(AttributeType type, IntFunction<Value> value) {
    MemoryBlobSink sink = new MemoryBlobSink();
    AttributeIndexCodec.write(
        AttributePostings.of(ROWS, row -> Optional.of(value.apply(row))), type, sink);
    return sink.source().withTail();
  }

  private static AttributeIndex open(MemoryBlobSource source, AttributeType type) {
    AttributeIndex index =
        AttributeIndexCodec.open(source, AttributeIndexCodec.ENCODING, type, ROWS);
    assertThat(source.waves()).as("the directory is in the tail").isZero();
    return index;
  }

  private static int found(AttributeIndex index, ElementTest test) {
    return index.rows(test, new Pace()).cardinality();
  }

  @Test
  void oneValueOfManyIsOneWaveAndOneBlock() {
    MemoryBlobSource source =
        written(AttributeType.INT, row -> new Value.Int(1_000L * SHUFFLED[row]));
    AttributeIndex index = open(source, AttributeType.INT);
    assertThat(found(index, new ValueSet(List.of(new Value.Int(1_000L * 777))))).isEqualTo(1);
    assertThat(source.waves()).isEqualTo(1);
    assertThat(source.bytesRead()).isLessThan(80_000);
    assertThat(source.size()).as("about 7 bytes a value").isLessThan(8L * ROWS);
  }

  @Test
  void aRangeReadsTheBitmapsBetweenItsEndsOrTheOthers() {
    MemoryBlobSource source =
        written(AttributeType.DATETIME, row -> new Value.DateTime(1_000L * SHUFFLED[row]));
    AttributeIndex index = open(source, AttributeType.DATETIME);
    for (double share : new double[] {0, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 1}) {
      int wanted = (int) (ROWS * share);
      long waves = source.waves();
      long bytes = source.bytesRead();
      assertThat(
              found(
                  index,
                  new RangeTest(TypedFilter.Order.LESS, new Value.DateTime(1_000L * wanted))))
          .isEqualTo(wanted);
      assertThat(source.waves() - waves).as("%s", share).isLessThanOrEqualTo(1);
      double least = Math.min(share, 1 - share);
      assertThat(source.bytesRead() - bytes)
          .as("%s", share)
          .isLessThan((long) (100_000 + 2.5 * least * ROWS));
    }
  }

  @Test
  void anIndexOfFewValuesReadsOneBitmapForOneOfThem() {
    MemoryBlobSource source =
        written(AttributeType.STRING, row -> new Value.Text("group " + SHUFFLED[row] % 20));
    AttributeIndex index = open(source, AttributeType.STRING);
    assertThat(found(index, new ValueSet(List.of(new Value.Text("group 7"))))).isEqualTo(ROWS / 20);
    assertThat(source.bytesRead()).isLessThan(3L * ROWS / 20);
    assertThat(found(index, new PrefixTest(new Value.Text("group 1")))).isEqualTo(ROWS / 20 * 11);
    assertThat(source.bytesRead()).isLessThan(3L * ROWS / 20 * 12);
    long before = source.bytesRead();
    assertThat(found(index, value -> ((Value.Text) value).value().endsWith("9")))
        .isEqualTo(ROWS / 20 * 2);
    assertThat(source.bytesRead() - before)
        .as("each value is looked at, and the rows of those that fit are read")
        .isLessThan(3L * ROWS / 20 * 2);
  }

  @Test
  void pointsNearbyAreReadAndFarOnesAreNot() {
    MemoryBlobSource source =
        written(
            AttributeType.of(ElementType.GEO),
            row ->
                new Value.Geo(
                    SHUFFLED[row] * 8_000 - 800_000_000, SHUFFLED[SHUFFLED[row]] * 9_000));
    AttributeIndex index = open(source, AttributeType.of(ElementType.GEO));
    int found = found(index, new RadiusTest(new Value.Geo(100_000_000, 1_300_000_000), 200_000));
    assertThat(found).isBetween(40, 110);
    assertThat(source.bytesRead()).isLessThan(source.size() / 6);
  }
}
