package io.elacsym.format.orc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.impl.OutStream;
import org.apache.orc.impl.writer.StreamOptions;

/** The data streams of the stripe that is being written. For one thread. */
final class StripeStreams {
  private final StreamOptions compressed;
  private final StreamOptions original;
  private final List<StreamBytes> streams = new ArrayList<>();

  /**
   * @param compressed how bytes become chunks
   * @param original the same for chunks that stay as they are
   */
  StripeStreams(StreamOptions compressed, StreamOptions original) {
    this.compressed = compressed;
    this.original = original;
  }

  OutStream create(int column, Stream.Kind kind) {
    return create(column, kind, compressed);
  }

  OutStream createOriginal(int column, Stream.Kind kind) {
    return create(column, kind, original);
  }

  private OutStream create(int column, Stream.Kind kind, StreamOptions options) {
    StreamBytes bytes = new StreamBytes(column, kind);
    streams.add(bytes);
    return new OutStream(kind + " of column " + column, options, bytes);
  }

  /** How many bytes are ready for the file. */
  long size() {
    return streams.stream().mapToLong(StreamBytes::size).sum();
  }

  /** What is to be written, from the shortest to the longest. */
  List<StreamBytes> inOrder() {
    return streams.stream()
        .filter(stream -> !stream.isSuppressed())
        .sorted(
            Comparator.comparingLong(StreamBytes::size)
                .thenComparingInt(StreamBytes::column)
                .thenComparing(StreamBytes::kind))
        .toList();
  }
}
