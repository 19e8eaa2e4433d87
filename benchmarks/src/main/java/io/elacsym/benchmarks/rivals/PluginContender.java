package io.elacsym.benchmarks.rivals;

import io.elacsym.api.Options;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.VectorRows;
import io.elacsym.benchmarks.measure.Vectors;
import io.elacsym.engine.math.Kernels;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One of our plugins, used through its SPI with the engine's kernels. */
final class PluginContender implements Contender {
  private static final long SEED = 42;

  private final VectorIndexProvider provider;
  private final List<Integer> efforts;
  private final TestContext context;
  private Optional<Opened> opened = Optional.empty();
  private RowSet accepted = RowSet.all(0);

  /**
   * An index ready for searches.
   *
   * @param items of its rows
   */
  private record Opened(VectorIndexReader reader, int[] items, long bytes) {}

  PluginContender(VectorIndexProvider provider, List<Integer> efforts) {
    this.provider = provider;
    this.efforts = efforts;
    this.context =
        new TestContext(Options.defaults(provider), Kernels.choose(), 1, SEED, () -> false);
  }

  @Override
  public String name() {
    return "elacsym " + provider.name();
  }

  @Override
  public void build(Vectors vectors) {
    VectorField field = new VectorField("vector", vectors.dimension(), Metric.COSINE);
    MemoryBlobSink sink = new MemoryBlobSink();
    int[] items;
    try (Arena arena = Arena.ofShared();
        VectorIndexBuild build = provider.build(field, new Rows(vectors, arena), true, context)) {
      items = build.rowOrder().orElseGet(() -> IntStream.range(0, vectors.count()).toArray());
      build.write(sink);
      MemoryBlobSource blob = sink.source().nativeCopy();
      VectorIndexReader reader =
          provider.open(field, blob, build.encoding(), vectors.count(), context);
      opened = Optional.of(new Opened(reader, items, blob.size()));
    }
    accepted = RowSet.all(vectors.count());
  }

  @Override
  public long bytes() {
    return opened.orElseThrow().bytes();
  }

  @Override
  public List<Integer> efforts() {
    return efforts;
  }

  @Override
  public void accept(IntPredicate items) {
    int[] itemOfRow = opened.orElseThrow().items();
    BitSet rows = new BitSet(itemOfRow.length);
    for (int row = 0; row < itemOfRow.length; row++) {
      rows.set(row, items.test(itemOfRow[row]));
    }
    accepted = RowSet.of(itemOfRow.length, rows);
  }

  @Override
  public int[] search(float[] query, int k, int effort) {
    Opened index = opened.orElseThrow();
    VectorHits hits =
        index.reader().search(new VectorQuery(query, k, accepted, 0.95, OptionalInt.of(effort)));
    int[] found = new int[hits.rows().length];
    for (int i = 0; i < found.length; i++) {
      found[i] = index.items()[hits.rows()[i]];
    }
    return found;
  }

  @Override
  public void close() {
    opened.ifPresent(index -> index.reader().close());
  }

  /** Every item is a row of its own, in order. */
  private static final class Rows implements VectorRows {
    private final Vectors vectors;
    private final MemorySegment all;

    Rows(Vectors vectors, Arena arena) {
      this.vectors = vectors;
      this.all =
          arena.allocate((long) vectors.count() * vectors.dimension() * Float.BYTES, Float.BYTES);
      for (int i = 0; i < vectors.count(); i++) {
        MemorySegment.copy(
            vectors.get(i),
            0,
            all,
            ValueLayout.JAVA_FLOAT,
            (long) i * vectors.dimension() * Float.BYTES,
            vectors.dimension());
      }
    }

    @Override
    public int count() {
      return vectors.count();
    }

    @Override
    public int row(int item) {
      return item;
    }

    @Override
    public int segmentRows() {
      return vectors.count();
    }

    @Override
    public MemorySegment vectors() {
      return all;
    }

    @Override
    public void copy(int item, float[] to, int at) {
      System.arraycopy(vectors.get(item), 0, to, at, vectors.dimension());
    }
  }
}
