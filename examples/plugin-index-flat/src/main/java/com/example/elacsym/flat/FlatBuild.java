package com.example.elacsym.flat;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A copy of the vectors, ready to be written. The copy is freed when the build is closed. */
final class FlatBuild implements VectorIndexBuild {
  /** How many vectors are copied before the build asks again whether it was cancelled. */
  private static final int STEP = 1024;

  private final Arena arena;
  private final FlatLayout layout;
  private final Encoding encoding;
  private final MemorySegment rows;
  private final MemorySegment vectors;

  private FlatBuild(Arena arena, FlatLayout layout, Encoding encoding) {
    this.arena = arena;
    this.layout = layout;
    this.encoding = encoding;
    this.rows = arena.allocate(layout.rowsBytes());
    this.vectors = arena.allocate(layout.vectorBytes() * layout.count());
  }

  /** Copies everything, because the host's rows may not be looked at after the build. */
  static FlatBuild of(
      VectorField field, VectorRows source, Encoding encoding, PluginContext context) {
    FlatBuild build =
        new FlatBuild(
            Arena.ofConfined(), new FlatLayout(field.dimension(), source.count()), encoding);
    try {
      build.copy(new Similarity(field.metric(), context.math()), source, context);
      return build;
    } catch (RuntimeException e) {
      build.close();
      throw e;
    }
  }

  private void copy(Similarity similarity, VectorRows source, PluginContext context) {
    float[] vector = new float[layout.dimension()];
    for (int item = 0; item < layout.count(); item++) {
      if (item % STEP == 0) {
        context.checkCancelled();
      }
      source.copy(item, vector, 0);
      similarity.normalize(vector);
      MemorySegment.copy(
          vector, 0, vectors, FlatLayout.FLOAT, layout.vectorBytes() * item, vector.length);
      rows.setAtIndex(FlatLayout.INT, item, source.row(item));
    }
  }

  /** A scan is as good in any order, so rows stay where they are. */
  @Override
  public Optional<int[]> rowOrder() {
    return Optional.empty();
  }

  @Override
  public Encoding encoding() {
    return encoding;
  }

  @Override
  public void write(BlobSink sink) {
    layout.writeHeader(sink);
    sink.write(rows);
    sink.write(vectors);
  }

  @Override
  public void close() {
    arena.close();
  }
}
