package com.example.elacsym.flat;

import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import java.util.List;

/**
 * What Elacsym finds when it loads the plugin. It has no state: everything that a call needs comes
 * with the call.
 */
public final class FlatIndexProvider implements VectorIndexProvider {
  private static final String NAME = "flat";
  private static final String BLOCK_SIZE = "block_size";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "Exact search that compares with every vector; for small namespaces.";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.of(
                BLOCK_SIZE,
                OptionType.BYTES,
                "256KB",
                "How many bytes of vectors are read and compared at a time.")
            .between("4KB", "64MB"));
  }

  @Override
  public Encoding encoding() {
    return Encoding.of(NAME, FlatLayout.VERSION);
  }

  @Override
  public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
    return FlatBuild.of(input.field(), input.rows(), encoding(), context);
  }

  @Override
  public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
    long blockBytes = context.options().bytes(BLOCK_SIZE);
    return FlatReader.open(index, blockBytes, context);
  }
}
