package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexWalkTest {
  @ParameterizedTest
  @MethodSource("io.elacsym.engine.model.AttributeType#all")
  void allValuesAndTheirRowsAreVisitedInOrderFromAnyValueOn(AttributeType type) {
    Seeded.run(random -> {
      for (int round = 0; round < 60; round++) {
        Samples samples = new Samples(random);
        int rows = random.nextInt(120);
        List<Optional<Value>> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
          values.add(random.nextInt(4) == 0 ? Optional.empty() : Optional.of(samples.value(type)));
        }
        AttributePostings postings = AttributePostings.of(rows, values::get);
        AttributeIndex index = index(postings, type, random);
        boolean descending = random.nextBoolean();
        Optional<Value.Scalar> from =
            random.nextBoolean() ? Optional.of(samples.scalar(type.element())) : Optional.empty();
        List<String> expected = expected(postings, descending, from);
        List<String> visited = new ArrayList<>();
        int most = 1 + random.nextInt(expected.size() + 1);
        index.walk(
            descending,
            from,
            (value, own) -> {
              visited.add(shown(value, own));
              return visited.size() < most;
            });
        assertThat(visited).isEqualTo(expected.stream().limit(most).toList());
      }
    });
  }

  /** Each wave wants more blocks than the one before, and gets one as long as one is too large. */
  @Test
  void aWalkOverManyLargeBlocksComesToItsEnd() {
    int count = 60;
    MemoryBlobSink sink = new MemoryBlobSink();
    IndexWriter.write(
        AttributePostings.of(count, row -> Optional.of(new Value.Int(row))),
        ElementType.INT,
        new IndexWriter.Cut(1, 1, 1),
        sink);
    BlobSource source = new MemoryBlobSource(sink.bytes());
    IndexDirectory directory = AttributeIndex.directory(source, ElementType.INT, count);
    assertThat(directory.blocks()).hasSize(count);
    List<Value.Scalar> visited = new ArrayList<>();
    new IndexWalk(source, ElementType.INT, count, false, Optional.empty())
        .over(directory.blocks(), 1, (value, rows) -> visited.add(value));
    assertThat(visited).hasSize(count);
  }

  /** Of blocks of a few values. */
  private static AttributeIndex index(
      AttributePostings postings, AttributeType type, Random random) {
    MemoryBlobSink sink = new MemoryBlobSink();
    IndexWriter.write(
        postings,
        type.element(),
        new IndexWriter.Cut(1 + random.nextInt(20), 1_000, 1 + random.nextInt(20)),
        sink);
    return AttributeIndexCodec.open(
        new MemoryBlobSource(sink.bytes()),
        AttributeIndexCodec.ENCODING,
        type,
        postings.rowCount());
  }

  private static String shown(Value.Scalar value, int[] rows) {
    return ScalarOrder.canonical(value) + " " + Arrays.toString(rows);
  }

  private static List<String> expected(
      AttributePostings postings, boolean descending, Optional<Value.Scalar> from) {
    List<String> expected =
        new ArrayList<>(
            IntStream.range(0, postings.values().size())
                .filter(i -> {
                  int compared =
                      from.map(f -> ScalarOrder.INSTANCE.compare(postings.values().get(i), f))
                          .orElse(0);
                  return descending ? compared <= 0 : compared >= 0;
                })
                .mapToObj(i ->
                    shown(
                        postings.values().get(i),
                        Arrays.copyOfRange(
                            postings.rows(), postings.offsets()[i], postings.offsets()[i + 1])))
                .toList());
    if (descending) {
      Collections.reverse(expected);
    }
    return expected;
  }
}
