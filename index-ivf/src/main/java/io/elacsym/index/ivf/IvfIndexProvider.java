package io.elacsym.index.ivf;

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
import io.elacsym.index.ivf.blob.v1.Footer;
import io.elacsym.index.ivf.build.IvfBuilder;
import io.elacsym.index.ivf.search.IvfReader;
import java.util.List;

/** Provides the vector index {@code ivf}. */
public final class IvfIndexProvider implements VectorIndexProvider {
  @Override
  public String name() {
    return Footer.ENCODING.name();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "inverted lists around centroids, for data of any size on object storage";
  }

  @Override
  public List<Option> options() {
    return IvfOptions.DECLARED;
  }

  @Override
  public void check(Options options) {
    var _ = IvfOptions.choice(options);
  }

  @Override
  public Encoding encoding() {
    return Footer.ENCODING;
  }

  @Override
  public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
    Options options = context.options();
    return new IvfBuilder(input, IvfOptions.listRows(options), IvfOptions.choice(options), context)
        .build();
  }

  @Override
  public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
    return new IvfReader(index, context.math(), context::checkCancelled);
  }
}
