package io.elacsym.index.hnsw;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import io.elacsym.index.hnsw.blob.v1.BlobLoader;
import io.elacsym.index.hnsw.blob.v1.Loaded;
import io.elacsym.index.hnsw.build.HnswBuild;
import io.elacsym.index.hnsw.search.HnswReader;
import java.util.List;

/** The vector index {@code hnsw}: a graph for hot sets in memory and high recall. */
public final class HnswProvider implements VectorIndexProvider {
  /** For {@link java.util.ServiceLoader}. */
  public HnswProvider() {}

  @Override
  public String name() {
    return BlobLayout.ENCODING.name();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "HNSW graph in memory, for hot sets and recall of .99 and more";
  }

  @Override
  public List<Option> options() {
    return HnswOptions.DECLARED;
  }

  @Override
  public void check(Options options) {
    var _ = HnswOptions.of(options);
  }

  @Override
  public Encoding encoding() {
    return BlobLayout.ENCODING;
  }

  @Override
  public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
    if (input.rows().count() < 1) {
      throw ElacsymException.invalid(
          "field '"
              + input.field().name()
              + "' has 0 vectors, expected at least 1 to build an index");
    }
    HnswOptions options = HnswOptions.of(context.options());
    return HnswBuild.run(input, options.m(), options.efConstruction(), context);
  }

  @Override
  public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
    if (!canRead(index.encoding())) {
      throw ElacsymException.invalid(
          "index of field '"
              + index.field().name()
              + "' is "
              + index.encoding()
              + ", expected "
              + BlobLayout.ENCODING);
    }
    Loaded loaded = BlobLoader.load(index, context.math());
    return new HnswReader(index.field(), loaded, context.math(), context::checkCancelled);
  }
}
