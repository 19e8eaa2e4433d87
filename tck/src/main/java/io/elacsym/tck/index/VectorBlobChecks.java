package io.elacsym.tck.index;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.index.VectorIndexes.Written;
import io.elacsym.tck.oracle.ExactNeighbors;
import io.elacsym.tck.oracle.Recall;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What is in a blob, and what happens when it is not all there. */
final class VectorBlobChecks {
  private static final VectorField FIELD = new VectorField("vector", 24, Metric.COSINE);

  private final VectorIndexes indexes;
  private final Lazily<Written> written;

  VectorBlobChecks(VectorIndexes indexes) {
    this.indexes = indexes;
    this.written =
        new Lazily<>(() ->
            indexes.write(
                FIELD,
                TestVectors.of(
                    Distribution.CLUSTERED.draw(
                        1200, FIELD.dimension(), new Random(Seed.current()))),
                true));
  }

  List<Check> checks() {
    return List.of(
        Check.of("a blob opened again gives the same answers", this::reopened),
        Check.of("without vectors at hand an index has its own", this::ownVectors),
        Check.of("a truncated blob is corrupt", this::truncated),
        Check.of("a blob of another kind is corrupt", this::foreign));
  }

  /** The second time in native memory: a reader must not care where bytes lie. */
  private void reopened() throws Exception {
    MemoryBlobSource blob = written.get().blob();
    try (VectorIndexReader first = indexes.open(written.get(), blob);
        VectorIndexReader second = indexes.open(written.get(), blob.nativeCopy())) {
      Random random = new Random(Seed.current());
      for (int i = 0; i < 20; i++) {
        float[] query = Distribution.UNIFORM.draw(1, FIELD.dimension(), random)[0];
        VectorHits one = search(first, query);
        VectorHits two = search(second, query);
        Expect.equal("rows", Arrays.toString(one.rows()), Arrays.toString(two.rows()));
        Expect.equal("scores", Arrays.toString(one.scores()), Arrays.toString(two.scores()));
      }
    }
  }

  private void ownVectors() throws Exception {
    Written own =
        indexes.writeWithVectors(
            FIELD,
            TestVectors.of(
                Distribution.CLUSTERED.draw(1200, FIELD.dimension(), new Random(Seed.current()))),
            false);
    StoredVectors slow =
        (rows, to) -> {
          throw new AssertionError("vectors of the segment were asked for");
        };
    ExactNeighbors oracle = new ExactNeighbors(FIELD, own.vectors());
    try (VectorIndexReader reader = indexes.open(own, own.blob(), slow)) {
      for (int item = 0; item < own.vectors().count(); item += 100) {
        VectorQuery query = VectorIndexes.query(own.vectors().vector(item), 10, own.all(), 1);
        Expect.equal(
            "recall of an exact search",
            1.0,
            Recall.of(reader.search(query), oracle.search(query)));
      }
    }
  }

  private void truncated() throws Exception {
    MemoryBlobSource blob = written.get().blob();
    long size = blob.size();
    for (long left : List.of(0L, 1L, 8L, size / 4, size / 2, size - 64, size - 8, size - 1)) {
      Expect.failure(
          ErrorKind.CORRUPT,
          "searching the first " + left + " of " + size + " bytes",
          () -> openAndSearch(blob.truncated(left)));
    }
  }

  private void foreign() throws Exception {
    byte[] noise = new byte[20_000];
    new Random(Seed.current()).nextBytes(noise);
    byte[] text = "this is no index\n".repeat(500).getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes : List.of(noise, text, new byte[4096])) {
      Expect.failure(
          ErrorKind.CORRUPT,
          "searching " + bytes.length + " bytes of something else",
          () -> openAndSearch(new MemoryBlobSource(bytes)));
    }
  }

  private void openAndSearch(MemoryBlobSource blob) throws Exception {
    try (VectorIndexReader reader = indexes.open(written.get(), blob)) {
      search(reader, written.get().vectors().vector(0));
    }
  }

  private VectorHits search(VectorIndexReader reader, float[] query) throws Exception {
    return reader.search(VectorIndexes.query(query, 10, written.get().all(), 1));
  }
}
