package io.elacsym.tck.broken;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.reference.PlainVectorIndex;
import java.util.Optional;

/** A good vector index, to be spoilt by overriding. */
class ForwardingVectorIndex implements VectorIndexProvider {
  protected final PlainVectorIndex plain = new PlainVectorIndex();

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return plain.description();
  }

  @Override
  public Encoding encoding() {
    return plain.encoding();
  }

  @Override
  public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
    return plain.build(input, context);
  }

  @Override
  public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
    return plain.open(index, context);
  }

  /** A good build, to be spoilt by overriding. */
  static class Build implements VectorIndexBuild {
    protected final VectorIndexBuild inner;

    Build(VectorIndexBuild inner) {
      this.inner = inner;
    }

    @Override
    public Optional<int[]> rowOrder() {
      return inner.rowOrder();
    }

    @Override
    public Encoding encoding() {
      return inner.encoding();
    }

    @Override
    public void write(BlobSink sink) {
      inner.write(sink);
    }
  }

  /** A good reader, to be spoilt by overriding. */
  static class Reader implements VectorIndexReader {
    protected final VectorIndexReader inner;

    Reader(VectorIndexReader inner) {
      this.inner = inner;
    }

    @Override
    public VectorIndexCapabilities capabilities() {
      return inner.capabilities();
    }

    @Override
    public VectorHits search(VectorQuery query) {
      return inner.search(query);
    }

    @Override
    public int count() {
      return inner.count();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
