package io.elacsym.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.api.segment.VectorPlaces;
import io.elacsym.engine.model.Seeded;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.memory.RowsFormatProvider;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentVectorsTest {
  private static final int ROWS = 3_000;
  private static final int DIMENSION = 5;
  private static final VectorField FIELD = new VectorField("v", DIMENSION, Metric.L2);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Row {@code r} has the vector (r, r + .1, ...); each seventh row has none. */
  private static float component(int row, int i) {
    return row + i / 10f;
  }

  private static boolean hasVector(int row) {
    return row % 7 != 3;
  }

  private static SegmentReader segment() {
    RowsFormatProvider format = new RowsFormatProvider();
    ColumnSpec spec = ColumnSpec.vector("v", DIMENSION);
    ColumnBuilder column = new ColumnBuilder(spec, ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (!hasVector(row)) {
        column.addAbsent();
        continue;
      }
      int of = row;
      column.addVectors(
          1,
          (to, at) -> {
            for (int i = 0; i < DIMENSION; i++) {
              to[at + i] = component(of, i);
            }
          });
    }
    MemoryBlobSink sink = new MemoryBlobSink();
    try (SegmentWriter writer =
        format.writer(new SegmentSchema(List.of(spec)), sink, TestContext.of(format))) {
      Column built = column.build();
      writer.write(ColumnBatch.of(ROWS, List.of(built)));
      writer.finish();
    }
    return format.open(sink.source(), format.encoding(), TestContext.of(format));
  }

  /** A segment that has some of its vectors as floats in another blob, row after row. */
  private static SegmentReader placed(SegmentReader inner, VectorPlaces places) {
    return new ForwardingReader(inner) {
      @Override
      public Optional<VectorPlaces> vectorPlaces(String column) {
        return Optional.of(places);
      }
    };
  }

  private static MemoryBlobSource floats() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * DIMENSION * ROWS).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < DIMENSION; i++) {
        bytes.putFloat(component(row, i));
      }
    }
    return new MemoryBlobSource(bytes.array());
  }

  private static long place(int row) {
    return (long) Float.BYTES * DIMENSION * row;
  }

  private static int[] some(Random random) {
    return IntStream.range(0, ROWS)
        .filter(row -> hasVector(row) && random.nextInt(3) > 0)
        .toArray();
  }

  /** Reads rows and checks that each comes once, with its own vector; tells how many runs came. */
  private static int read(SegmentVectors vectors, int[] rows) {
    List<Integer> seen = new ArrayList<>();
    int[] runs = new int[1];
    vectors.read(
        rows,
        (from, to, memory, offset) -> {
          runs[0]++;
          for (int i = from; i < to; i++) {
            seen.add(i);
            for (int j = 0; j < DIMENSION; j++) {
              long at = offset + Float.BYTES * ((long) DIMENSION * (i - from) + j);
              assertThat(memory.get(FLOAT, at)).isEqualTo(component(rows[i], j));
            }
          }
        });
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows.length).boxed().toList());
    return runs[0];
  }

  @Test
  void vectorsWithPlacesAreReadInOneWaveAndNeighboursTogether() {
    Seeded.run(random -> {
      MemoryBlobSource file = floats();
      int[] rows = some(random);
      int runs =
          read(new SegmentVectors(FIELD, placed(segment(), SegmentVectorsTest::place), file), rows);
      assertThat(file.waves()).isEqualTo(1);
      long neighbours =
          IntStream.range(1, rows.length).filter(i -> rows[i] == rows[i - 1] + 1).count();
      assertThat(runs).isEqualTo((int) (rows.length - neighbours));
      assertThat(file.bytesRead()).isEqualTo(place(rows.length));
    });
  }

  @Test
  void vectorsWithoutPlacesAreDecoded() {
    Seeded.run(random -> {
      MemoryBlobSource file = floats();
      read(new SegmentVectors(FIELD, segment(), file), some(random));
      assertThat(file.waves()).isZero();
    });
  }

  @Test
  void noRowsAreNoRead() {
    MemoryBlobSource file = floats();
    assertThat(read(new SegmentVectors(FIELD, segment(), file), new int[0])).isZero();
    assertThat(file.waves()).isZero();
  }

  @Test
  void aRowWithoutAVectorIsDamageOfTheIndexThatNamesIt() {
    int[] rows = {1, 3};
    assertThat(Arrays.stream(rows).allMatch(SegmentVectorsTest::hasVector)).isFalse();
    VectorPlaces places = row -> hasVector(row) ? place(row) : VectorPlaces.NOWHERE;
    for (SegmentReader reader : List.of(segment(), placed(segment(), places))) {
      assertThatExceptionOfType(ElacsymException.class)
          .isThrownBy(() ->
              new SegmentVectors(FIELD, reader, floats()).read(rows, (from, to, memory, at) -> {}))
          .extracting(ElacsymException::kind)
          .isEqualTo(ErrorKind.CORRUPT);
    }
  }
}
