package io.elacsym.tck.segment;

import static io.elacsym.api.ErrorKind.CORRUPT;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.api.segment.VectorPlaces;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Ways of reading a small segment. */
record ReadingChecks(Segments segments) {
  private static final int ROWS = 700;
  private static final int CHANGES = 400;

  List<Check> checks() {
    return List.of(
        Check.of("a scan gives the asked columns in the asked order", this::projection),
        Check.of("a scan starts at any row", this::fromRow),
        Check.of("no column, no row and an empty batch are nothing and no error", this::nothing),
        Check.of("batches have at most the asked rows, however they were written", this::batches),
        Check.of("a fetch gives rows as asked: any order, repeats", this::fetch),
        Check.of("vectors lie as plain floats where the reader says", this::vectorPlaces),
        Check.of("unknown columns are illegal arguments", this::unknownColumns),
        Check.of("a reader does not care where its bytes lie", this::nativeMemory),
        Check.of("a truncated file is corrupt", this::truncated),
        Check.of("a file of another kind is corrupt", this::foreign),
        Check.of("a changed bit is read as something or is corrupt", this::changed),
        Check.of("the extension is fit for an object name", this::extension));
  }

  private void projection() throws Exception {
    Table table = table();
    segments.roundTrip(
        table,
        100,
        reader -> {
          table.expectScan(reader, List.of("int64"), 0, 1000);
          table.expectScan(reader, List.of("vector", "bool", "string-list"), 0, 100);
          table.expectScan(reader, table.names().reversed(), 0, 100);
        });
  }

  private void fromRow() throws Exception {
    Table table = table();
    segments.roundTrip(
        table,
        333,
        reader -> {
          for (int from : List.of(0, 1, 332, 333, 334, 500, ROWS - 1, ROWS)) {
            table.expectScan(reader, List.of("string", "float64-list"), from, 97);
          }
        });
  }

  private void nothing() throws Exception {
    Table table = table();
    MemoryBlobSink sink = new MemoryBlobSink();
    try (SegmentWriter writer = segments.writer(table, sink)) {
      writer.write(table.batch(0, 0));
      writer.write(table.batch(0, 300));
      writer.write(table.batch(300, 300));
      writer.write(table.batch(300, ROWS));
      writer.write(table.batch(ROWS, ROWS));
      writer.finish();
    }
    try (SegmentReader reader = segments.open(sink.source())) {
      Expect.equal("rows, written with empty batches among others", ROWS, reader.rowCount());
      table.expectScan(reader, table.names(), 0, 100);
      table.expectScan(reader, List.of(), 0, 100);
      table.expectScan(reader, List.of(), ROWS - 1, 100);
      table.expectScan(reader, List.of(), ROWS, 100);
      table.expect(
          "a fetch", new int[] {3, 1}, List.of(), reader.fetch(new int[] {3, 1}, List.of()));
      table.expect("a fetch", new int[0], List.of(), reader.fetch(new int[0], List.of()));
    }
  }

  private void batches() throws Exception {
    Table table = table();
    for (int written : List.of(1, 64, ROWS)) {
      segments.roundTrip(
          table,
          written,
          reader -> {
            Expect.equal("rows", ROWS, reader.rowCount());
            for (int batchRows : List.of(1, 63, 64, ROWS, Integer.MAX_VALUE)) {
              table.expectScan(reader, List.of("binary", "bool-list"), 0, batchRows);
            }
          });
    }
  }

  private void fetch() throws Exception {
    Table table = table();
    Random random = new Random(Seed.current());
    segments.roundTrip(
        table,
        100,
        reader -> {
          expectFetch(table, reader, new int[] {});
          expectFetch(table, reader, new int[] {0});
          expectFetch(table, reader, new int[] {ROWS - 1, 0});
          expectFetch(table, reader, new int[] {5, 5, 5});
          expectFetch(table, reader, new int[] {9, 3, 9, 699, 3, 400, 401, 402, 0});
          for (int i = 0; i < 10; i++) {
            expectFetch(table, reader, random.ints(random.nextInt(60), 0, ROWS).toArray());
          }
          ColumnBatch two = reader.fetch(new int[] {7, 2}, List.of("uint", "bool"));
          table.expect("a fetch", new int[] {7, 2}, List.of("uint", "bool"), two);
        });
  }

  private static void expectFetch(Table table, SegmentReader reader, int[] rows) {
    table.expect("a fetch", rows, table.names(), reader.fetch(rows, table.names()));
  }

  private void vectorPlaces() throws Exception {
    Table table = table();
    expectVectors(segments, table, "vector", segments.write(table, 100));
  }

  /** Expects that the vectors of a column lie where the reader says, if it says so. */
  static void expectVectors(Segments segments, Table table, String name, MemoryBlobSource file) {
    List<Object> cells = table.cells().get(table.names().indexOf(name));
    try (SegmentReader reader = segments.open(file)) {
      Optional<VectorPlaces> places = reader.vectorPlaces(name);
      Expect.that(
          places.isPresent() || !segments.provider().placesVectors(),
          () -> "the provider places vectors, and its reader does not");
      for (int row = 0; places.isPresent() && row < cells.size(); row++) {
        if (cells.get(row) instanceof FloatBuffer vector) {
          expectVector(row, vector, places.get().offset(row), file);
        }
      }
    }
  }

  private static void expectVector(
      int row, FloatBuffer vector, long offset, MemoryBlobSource file) {
    Expect.that(offset != VectorPlaces.NOWHERE, () -> "the vector of row " + row + " is nowhere");
    FloatBuffer stored =
        file.read(offset, 4L * vector.remaining())
            .asByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    Expect.equal("vector of row " + row + " at " + offset, vector, stored);
  }

  private void unknownColumns() throws Exception {
    segments.roundTrip(
        table(),
        100,
        reader -> {
          Expect.exception(
              IllegalArgumentException.class,
              "scan of an unknown column",
              () -> reader.scan(List.of("int64", "unknown"), 0, 10).close());
          Expect.exception(
              IllegalArgumentException.class,
              "fetch of an unknown column",
              () -> reader.fetch(new int[] {0}, List.of("unknown")));
          Expect.exception(
              IllegalArgumentException.class,
              "places of vectors of an unknown column",
              () -> reader.vectorPlaces("unknown"));
        });
  }

  private void nativeMemory() throws Exception {
    Table table = table();
    try (SegmentReader reader = segments.open(segments.write(table, 100).nativeCopy())) {
      table.expectScan(reader, table.names(), 0, 200);
    }
  }

  private void truncated() throws Exception {
    Table table = table();
    MemoryBlobSource whole = segments.write(table, 100);
    long size = whole.size();
    for (long left :
        List.of(0L, 1L, 4L, 7L, 8L, 12L, size / 4, size / 2, size - 100, size - 9, size - 1)) {
      Expect.failure(
          CORRUPT,
          "reading the first " + left + " of " + size + " bytes",
          () -> readAll(table, whole.truncated(left)));
    }
  }

  private void foreign() throws Exception {
    byte[] noise = new byte[5000];
    new Random(Seed.current()).nextBytes(noise);
    byte[] text = "this is a text and no segment\n".repeat(50).getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes : List.of(noise, text, new byte[4096])) {
      Expect.failure(
          CORRUPT,
          "reading " + bytes.length + " bytes of something else",
          () -> readAll(table(), new MemoryBlobSource(bytes)));
    }
  }

  /**
   * The host's checksums find every change before a reader sees it. A reader that meets a change
   * all the same may give wrong values or fail, but only with {@code CORRUPT}.
   */
  private void changed() throws Exception {
    Random random = new Random(Seed.current());
    for (int rows : List.of(3, 60, ROWS)) {
      Table table = Tables.random(Tables.everyType(), rows, 0.2, random);
      byte[] whole = segments.write(table, 100).bytes();
      for (int i = 0; i < CHANGES; i++) {
        // Every other change is near the end of the file, where it does most harm: there the file
        // says what it holds and where.
        int near = i % 2 == 0 ? whole.length : Math.min(whole.length, 4000);
        int at = whole.length - 1 - random.nextInt(near);
        int bit = random.nextInt(Byte.SIZE);
        byte[] changed = whole.clone();
        changed[at] ^= (byte) (1 << bit);
        String what = "bit " + bit + " of byte " + at + " of " + whole.length + " is changed";
        try {
          readAnything(new MemoryBlobSource(changed));
        } catch (ElacsymException e) {
          Expect.equal("kind of the failure when " + what + " (" + e + ")", CORRUPT, e.kind());
        } catch (RuntimeException e) {
          throw new AssertionError("when " + what + ": " + e, e);
        }
      }
    }
  }

  private void readAnything(MemoryBlobSource source) {
    try (SegmentReader reader = segments.open(source)) {
      List<String> columns = reader.schema().columns().stream().map(ColumnSpec::name).toList();
      try (BatchCursor cursor = reader.scan(columns, 0, 1000)) {
        while (cursor.next().isPresent()) {
          // Values may be wrong; only reading them must end.
        }
      }
      if (reader.rowCount() > 0) {
        reader.fetch(new int[] {0, reader.rowCount() - 1}, columns);
      }
      columns.forEach(reader::statistics);
    }
  }

  private void readAll(Table table, MemoryBlobSource source) {
    try (SegmentReader reader = segments.open(source)) {
      table.expectScan(reader, table.names(), 0, 1000);
    }
  }

  private void extension() {
    String extension = segments.provider().extension();
    Expect.that(
        extension.matches("[a-z0-9]+"),
        () -> "extension is '" + extension + "', expected a-z 0-9 without a dot");
  }

  private static Table table() {
    return Tables.random(Tables.everyType(), ROWS, 0.2, new Random(Seed.current()));
  }
}
