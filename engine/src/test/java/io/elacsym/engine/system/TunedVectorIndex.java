package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.PluginContext;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The plain vector index under another name, with an option, a view of its builds, and faults. It
 * knows a newer version of its blob than the one that it writes, as plugins do where that suffices.
 */
final class TunedVectorIndex implements VectorIndexProvider {
  static final String NAME = "tuned";

  private final PlainVectorIndex plain = new PlainVectorIndex();
  private final AtomicInteger builds = new AtomicInteger();
  private volatile Runnable beforeBuild = () -> {};
  private volatile Consumer<VectorQuery> beforeSearch = query -> {};
  private volatile UnaryOperator<VectorHits> answers = hits -> hits;
  private volatile Optional<int[]> order = Optional.empty();
  private volatile Encoding writes = Encoding.of(NAME, 1);

  /** How many indexes it was asked to build. */
  int builds() {
    return builds.get();
  }

  /** Does something in the middle of each build from now on. */
  void beforeBuild(Runnable action) {
    beforeBuild = action;
  }

  /** Does something with each query before it is answered from now on. */
  void beforeSearch(Consumer<VectorQuery> action) {
    beforeSearch = action;
  }

  /** Makes something else of each answer from now on. */
  void answering(UnaryOperator<VectorHits> change) {
    answers = change;
  }

  /** Wants this order of rows from now on, whatever the rows are. */
  void ordering(int... rows) {
    order = Optional.of(rows);
  }

  /** Says from now on that what it builds is encoded like this. */
  void writing(Encoding encoding) {
    writes = encoding;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int spiLevel() {
    return plain.spiLevel();
  }

  @Override
  public String description() {
    return plain.description();
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.of("grain", OptionType.BYTES, "1KB", "How coarse it is.").between("1", "1MB"));
  }

  @Override
  public Encoding encoding() {
    return Encoding.of(NAME, 3);
  }

  @Override
  public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
    builds.incrementAndGet();
    beforeBuild.run();
    context.checkCancelled();
    VectorIndexBuild build = plain.build(input, context);
    return new VectorIndexBuild() {
      @Override
      public Optional<int[]> rowOrder() {
        return order.or(build::rowOrder);
      }

      @Override
      public Encoding encoding() {
        return writes;
      }

      @Override
      public void write(BlobSink sink) {
        build.write(sink);
      }

      @Override
      public void close() {
        build.close();
      }
    };
  }

  @Override
  public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
    VectorIndexReader reader =
        plain.open(
            new StoredVectorIndex(
                index.field(),
                plain.encoding(),
                index.blob(),
                index.segmentRows(),
                index.vectors()),
            context);
    return new VectorIndexReader() {
      @Override
      public VectorIndexCapabilities capabilities() {
        return reader.capabilities();
      }

      @Override
      public VectorHits search(VectorQuery query) {
        beforeSearch.accept(query);
        return answers.apply(reader.search(query));
      }

      @Override
      public int count() {
        return reader.count();
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }
}
