package io.elacsym.index.ivf.build;

import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.index.ivf.blob.v1.BlobContent;
import io.elacsym.index.ivf.blob.v1.Footer;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * What was built, in memory that is freed when this is closed.
 *
 * @param order the rows of the segment in the order wanted of it; empty when they stay as they are
 */
record IvfBuild(Arena arena, BlobContent content, int[] order) implements VectorIndexBuild {

  @Override
  public Optional<int[]> rowOrder() {
    return order.length == 0 ? Optional.empty() : Optional.of(order.clone());
  }

  @Override
  public Encoding encoding() {
    return Footer.ENCODING;
  }

  @Override
  public void write(BlobSink sink) {
    content.write(sink);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
