package io.elacsym.tck.segment;

import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Failing;
import io.elacsym.tck.host.FailingSource;
import io.elacsym.tck.host.FullSink;
import io.elacsym.tck.host.Threads;
import io.elacsym.tck.host.Together;
import io.elacsym.tck.memory.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** What is between a format and its host: cursors, other files, threads, failures. */
record SegmentHostChecks(Segments segments) {
  private static final int ROWS = 900;

  List<Check> checks() {
    return List.of(
        Check.of("cursors of one reader are independent", this::cursors),
        Check.of("segments that are open together answer each for itself", this::openTogether),
        Check.of("writers beside each other do not disturb each other", this::concurrentWriters),
        Check.of("no thread outlives a writer or a reader", this::threads),
        Check.of("a read that fails is told as it was, and can be tried again", this::failingReads),
        Check.of("a write that fails is told as it was", this::failingWrites));
  }

  private static Table table(int rows, int salt) {
    return Tables.random(Tables.everyType(), rows, 0.2, new Random(Seed.current() + salt));
  }

  private void cursors() throws Exception {
    Table table = table(ROWS, 0);
    List<String> one = List.of("string", "int64-list");
    List<String> other = List.of("vector", "string");
    segments.roundTrip(
        table,
        100,
        reader -> {
          try (BatchCursor first = reader.scan(one, 0, 70);
              BatchCursor second = reader.scan(other, 300, 90)) {
            int firstRow = 0;
            int secondRow = 300;
            for (int step = 0; step < 6; step++) {
              firstRow = expectNext(table, first, one, firstRow);
              secondRow = expectNext(table, second, other, secondRow);
              int[] rows = {ROWS - 1 - step, step};
              table.expect("a fetch between", rows, other, reader.fetch(rows, other));
              BatchCursor third = reader.scan(one, 5, 10);
              expectNext(table, third, one, 5);
              third.close();
            }
          }
          table.expectScan(reader, table.names(), 0, 1000);
        });
  }

  private static int expectNext(Table table, BatchCursor cursor, List<String> columns, int row) {
    Optional<ColumnBatch> batch = cursor.next();
    Expect.that(batch.isPresent(), () -> "a cursor ends at row " + row + " of " + ROWS);
    int rows = batch.orElseThrow().rows();
    table.expect(
        "a scan beside others",
        IntStream.range(row, row + rows).toArray(),
        columns,
        batch.orElseThrow());
    return row + rows;
  }

  private void openTogether() throws Exception {
    Table first = table(300, 1);
    Table second = table(200, 2);
    try (SegmentReader one = segments.open(segments.write(first, 100));
        SegmentReader two = segments.open(segments.write(second, 64))) {
      for (int[] rows : List.of(new int[] {5, 150, 7}, new int[] {199, 0})) {
        first.expect("a fetch", rows, first.names(), one.fetch(rows, first.names()));
        second.expect("a fetch", rows, second.names(), two.fetch(rows, second.names()));
      }
      first.expectScan(one, first.names(), 0, 1000);
      second.expectScan(two, second.names(), 0, 1000);
    }
  }

  private void concurrentWriters() throws Exception {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tables.add(table(400 + i, i));
    }
    List<MemoryBlobSource> files =
        Together.run(4, thread -> segments.write(tables.get(thread), 50));
    for (int i = 0; i < files.size(); i++) {
      try (SegmentReader reader = segments.open(files.get(i))) {
        tables.get(i).expectScan(reader, tables.get(i).names(), 0, 1000);
      }
    }
  }

  private void threads() throws Exception {
    Table table = table(ROWS, 0);
    Threads.expectNoneLeftBy("a writer", () -> segments.write(table, 100));
    MemoryBlobSource file = segments.write(table, 100);
    Threads.expectNoneLeftBy(
        "a reader",
        () -> {
          try (SegmentReader reader = segments.open(file)) {
            answers(reader, table);
          }
        });
  }

  private void failingReads() throws Exception {
    Table table = Tables.large(new Random(Seed.current()), 20_000);
    MemoryBlobSource file = segments.write(table, 4096);
    Failing.reads(
        failure -> segments.open(new FailingSource(file, failure)),
        reader -> answers(reader, table));
  }

  /** The rows of a scan and of a fetch. */
  private static List<Object> answers(SegmentReader reader, Table table) {
    List<Object> cells = new ArrayList<>();
    String first = table.names().getFirst();
    int[] some = {table.rows() - 1, 3, table.rows() / 2};
    reader
        .fetch(some, table.names())
        .columns()
        .values()
        .forEach(column -> cells.add(Cells.of(column)));
    try (BatchCursor cursor = reader.scan(List.of(first), table.rows() - 100, 40)) {
      for (Optional<ColumnBatch> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        cells.add(Cells.of(next.get().column(first)));
      }
    }
    return cells;
  }

  private void failingWrites() throws Exception {
    Table table = table(ROWS, 0);
    Failing.writes(
        segments.write(table, 100).size(),
        room -> {
          try (SegmentWriter writer = segments.writer(table, new FullSink(room))) {
            for (int from = 0; from < ROWS; from += 100) {
              writer.write(table.batch(from, from + 100));
            }
            writer.finish();
          }
        });
  }
}
