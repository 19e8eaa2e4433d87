package io.elacsym.format.orc;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.segment.SampleSegments;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Times come back to the millisecond, which ORC alone does not promise. */
class TimesTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new OrcFormatProvider());

  @Test
  void everyMillisecondAround1970And2015ComesBack() {
    expectBack(LongStream.rangeClosed(-5_000, 5_000).toArray());
    expectBack(LongStream.rangeClosed(1_420_070_397_000L, 1_420_070_403_000L).toArray());
  }

  @Test
  void anyNumberComesBack() {
    System.out.println("TimesTest seed " + Seed.current());
    expectBack(new Random(Seed.current()).longs(100_000).toArray());
    expectBack(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE);
  }

  private static void expectBack(long... times) {
    BitSet all = new BitSet();
    all.set(0, times.length);
    ColumnSpec spec = ColumnSpec.of("at", ValueType.INT64).logically("datetime");
    byte[] file =
        SAMPLES.write(
            Map.of(),
            ColumnBatch.of(times.length, List.of(Column.of(spec, times.length, all, times))));
    try (SegmentReader reader = SAMPLES.open(new MemoryBlobSource(file))) {
      int[] rows = IntStream.range(0, times.length).toArray();
      assertThat(reader.fetch(rows, List.of("at")).column("at").longs()).startsWith(times);
    }
  }
}
