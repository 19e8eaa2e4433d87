package io.elacsym.index.hnsw;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorRows;
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
  public VectorIndexBuild build(
      VectorField field, VectorRows rows, boolean mayReorder, PluginContext context) {
    if (rows.count() < 1) {
      throw ElacsymException.invalid(
          "field '" + field.name() + "' has 0 vectors, expected at least 1 to build an index");
    }
    HnswOptions options = HnswOptions.of(context.options());
    return HnswBuild.run(field, rows, mayReorder, options.m(), options.efConstruction(), context);
  }

  @Override
  public VectorIndexReader open(
      VectorField field,
      BlobSource source,
      Encoding stored,
      int segmentRows,
      PluginContext context) {
    if (!canRead(stored)) {
      throw ElacsymException.invalid(
          "index of field '"
              + field.name()
              + "' is "
              + stored
              + ", expected "
              + BlobLayout.ENCODING);
    }
    Loaded index = BlobLoader.load(field, source, segmentRows, context.math());
    return new HnswReader(field, index, context.math(), context::checkCancelled);
  }
}
