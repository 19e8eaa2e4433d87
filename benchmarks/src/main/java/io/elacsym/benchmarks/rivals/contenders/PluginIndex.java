package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.api.Encoding;
import io.elacsym.api.Options;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.benchmarks.sets.VectorSet;
import io.elacsym.engine.math.Kernels;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.PlacedVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** One of our plugins, used through its SPI with the engine's kernels. */
public final class PluginIndex implements Index {
  static final String EFFORT = "effort";
  static final String TARGET = "recall_target";

  /** What {@code recall_target} is when an effort is given; it has no effect then. */
  private static final double ANY_TARGET = 0.95;

  private static final long SEED = 42;

  private final VectorIndexProvider provider;
  private final TestContext context;
  private final Path work;
  private Optional<Opened> opened = Optional.empty();
  private RowSet accepted = RowSet.all(0);

  /**
   * An index ready for searches.
   *
   * @param items of its rows
   */
  private record Opened(
      VectorField field,
      Encoding encoding,
      MemoryBlobSource blob,
      MemoryBlobSource vectors,
      VectorIndexReader reader,
      int[] items) {
    /** The index over a blob and vectors, whose reads may be counted. */
    StoredVectorIndex stored(MemoryBlobSource blob, MemoryBlobSource vectors) {
      return PluginIndex.stored(field, encoding, blob, vectors, items.length);
    }
  }

  /**
   * Takes options as an operator would give them.
   *
   * @param work for the blob, while it is written
   */
  public PluginIndex(VectorIndexProvider provider, Map<String, String> options, Path work) {
    this.provider = provider;
    this.work = work;
    this.context =
        new TestContext(
            Options.of("", provider.options(), options), Kernels.choose(), 1, SEED, () -> false);
  }

  @Override
  public void build(VectorSet set) throws IOException {
    VectorField field = new VectorField("vector", set.dimension(), set.metric());
    VectorIndexInput what =
        new VectorIndexInput(field, new SetRows(set.vectors()), true, true, List.of());
    try (BlobFile file = new BlobFile(work);
        BlobFile segment = new BlobFile(work);
        VectorIndexBuild build = provider.build(what, context)) {
      int[] items = build.rowOrder().orElseGet(() -> IntStream.range(0, set.count()).toArray());
      build.write(file);
      MemoryBlobSource blob = file.source();
      Encoding encoding = build.encoding();
      long stride = 4L * set.dimension();
      for (int item : items) {
        segment.write(set.vectors().components().asSlice(stride * item, stride));
      }
      MemoryBlobSource vectors = segment.source();
      VectorIndexReader reader =
          provider.open(stored(field, encoding, blob, vectors, set.count()), context);
      opened = Optional.of(new Opened(field, encoding, blob, vectors, reader, items));
    }
    accepted = RowSet.all(set.count());
  }

  private static StoredVectorIndex stored(
      VectorField field,
      Encoding encoding,
      MemoryBlobSource blob,
      MemoryBlobSource vectors,
      int rows) {
    PlacedVectors placed = new PlacedVectors(vectors, field.dimension(), row -> row);
    return new StoredVectorIndex(field, encoding, blob, rows, placed);
  }

  @Override
  public long bytes() {
    return opened.orElseThrow().blob().size();
  }

  @Override
  public void accept(Optional<BitSet> items) {
    int[] itemOfRow = opened.orElseThrow().items();
    if (items.isEmpty()) {
      accepted = RowSet.all(itemOfRow.length);
      return;
    }
    BitSet rows = new BitSet(itemOfRow.length);
    for (int row = 0; row < itemOfRow.length; row++) {
      rows.set(row, items.get().get(itemOfRow[row]));
    }
    accepted = RowSet.of(itemOfRow.length, rows);
  }

  @Override
  public Searcher searcher() {
    Opened index = opened.orElseThrow();
    RowSet accept = accepted;
    return (query, k, setting) -> search(index, accept, query, k, setting);
  }

  private static int[] search(Opened index, RowSet accept, float[] query, int k, Setting setting) {
    double target = setting.has(TARGET) ? setting.number(TARGET) : ANY_TARGET;
    OptionalInt effort =
        setting.has(EFFORT) ? OptionalInt.of(setting.integer(EFFORT)) : OptionalInt.empty();
    VectorHits hits = index.reader().search(new VectorQuery(query, k, accept, target, effort));
    int[] found = new int[hits.rows().length];
    for (int i = 0; i < found.length; i++) {
      found[i] = index.items()[hits.rows()[i]];
    }
    return found;
  }

  /**
   * What a query reads of storage when nothing is cached, opening the index included, and the tail
   * of the blob too, which the host reads for the index.
   */
  public Cold cold(float[] query, int k, double target) {
    Opened index = opened.orElseThrow();
    // A source of its own, so that only this query is counted.
    MemoryBlobSource blob = index.blob().withTail();
    MemoryBlobSource vectors = index.vectors().unread();
    int rows = index.items().length;
    try (VectorIndexReader reader = provider.open(index.stored(blob, vectors), context)) {
      var _ =
          reader.search(new VectorQuery(query, k, RowSet.all(rows), target, OptionalInt.empty()));
    }
    long tail = Math.min(blob.size(), BlobSource.TAIL_BYTES);
    return new Cold(
        1 + blob.waves() + vectors.waves(),
        1 + blob.reads() + vectors.reads(),
        tail + blob.bytesRead() + vectors.bytesRead());
  }

  /**
   * Reads of storage.
   *
   * @param waves requests that are sent together are one
   * @param requests ranges
   * @param bytes in all of them
   */
  public record Cold(long waves, long requests, long bytes) {}

  @Override
  public void close() {
    opened.ifPresent(index -> index.reader().close());
  }
}
