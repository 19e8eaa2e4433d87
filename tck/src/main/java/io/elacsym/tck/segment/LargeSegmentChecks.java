package io.elacsym.tck.segment;

import io.elacsym.api.segment.SegmentReader;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.host.Together;
import java.util.List;
import java.util.Random;

/**
 * Checks on one segment of 50,000 rows: how much of the file each read takes, and reads by many
 * threads at once.
 */
final class LargeSegmentChecks {
  private final Segments segments;
  private final Lazily<Table> table = new Lazily<>(() -> Tables.large(new Random(Seed.current())));
  private final Lazily<byte[]> file;

  LargeSegmentChecks(Segments segments) {
    this.segments = segments;
    this.file = new Lazily<>(() -> segments.write(table.get(), 4096).bytes());
  }

  List<Check> checks() {
    return List.of(
        Check.of("a segment of many batches comes back", this::manyBatches),
        Check.of("statistics cover all rows of a large segment", this::statistics),
        Check.of("a scan reads only the asked columns", this::projectionReads),
        Check.of("a fetch reads a small part of the file", this::fetchReads),
        Check.of("a fetch asks for what it needs in few waves", this::fetchWaves),
        Check.of("many threads read at once", this::threads));
  }

  private void manyBatches() throws Exception {
    try (SegmentReader reader = segments.open(source())) {
      Expect.equal("rows", table.get().rows(), reader.rowCount());
      table.get().expectScan(reader, table.get().names(), 0, 3000);
    }
  }

  private void statistics() throws Exception {
    try (SegmentReader reader = segments.open(source())) {
      long absent = (table.get().rows() + 6L) / 7;
      reader
          .statistics("id")
          .ifPresent(id -> {
            Expect.equal("absent ids", 0L, id.absent());
            id.min().ifPresent(min -> Expect.equal("least id", 0L, min));
            id.max().ifPresent(max -> Expect.equal("largest id", 3L * 49_999, max));
          });
      reader
          .statistics("price")
          .ifPresent(price -> Expect.equal("absent prices", absent, price.absent()));
    }
  }

  private void projectionReads() throws Exception {
    MemoryBlobSource source = source();
    try (SegmentReader reader = segments.open(source)) {
      table.get().expectScan(reader, List.of("id"), 0, 4096);
    }
    expectReadUnder(source, 0.3, "opening and scanning the column id");
  }

  private void fetchReads() throws Exception {
    MemoryBlobSource source = source();
    int[] rows = {30_003, 30_001, 30_007};
    try (SegmentReader reader = segments.open(source)) {
      table
          .get()
          .expect("a fetch", rows, table.get().names(), reader.fetch(rows, table.get().names()));
    }
    expectReadUnder(source, 0.5, "opening and fetching three neighbours");
  }

  /** Opening and finding pages may take some waves, but not one for each row or column. */
  private void fetchWaves() throws Exception {
    MemoryBlobSource source = source();
    int[] rows = new Random(Seed.current()).ints(20, 0, table.get().rows()).toArray();
    try (SegmentReader reader = segments.open(source)) {
      reader.fetch(rows, table.get().names());
    }
    Expect.that(
        source.waves() <= 12,
        () -> "opening and fetching 20 rows took " + source.waves() + " waves, expected <= 12");
  }

  private static void expectReadUnder(MemoryBlobSource source, double share, String what) {
    Expect.that(
        source.bytesRead() < share * source.size(),
        () ->
            what
                + " read "
                + source.bytesRead()
                + " of "
                + source.size()
                + " bytes, expected less than "
                + Math.round(100 * share)
                + " %");
  }

  private void threads() throws Exception {
    Table expected = table.get();
    try (SegmentReader reader = segments.open(source())) {
      Together.run(
          4,
          thread -> {
            Random random = new Random(Seed.current() + thread);
            for (int i = 0; i < 8; i++) {
              int[] rows = random.ints(20, 0, expected.rows()).toArray();
              expected.expect(
                  "a fetch beside others",
                  rows,
                  expected.names(),
                  reader.fetch(rows, expected.names()));
            }
            expected.expectScan(reader, List.of("price", "id"), expected.rows() - 5000, 700);
            return thread;
          });
    }
  }

  private MemoryBlobSource source() throws Exception {
    return new MemoryBlobSource(file.get()).withTail();
  }
}
