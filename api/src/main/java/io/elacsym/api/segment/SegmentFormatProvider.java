package io.elacsym.api.segment;

import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;

/**
 * A file format for the documents of a segment. It sees byte sources and sinks, never the bucket.
 */
public interface SegmentFormatProvider extends EncodingProvider {
  /** The ending of segment object names, without a dot: {@code parquet}. */
  String extension();

  /**
   * Whether readers of what this writes tell the {@linkplain SegmentReader#vectorPlaces places of
   * vectors}. Indexes of vectors then need not store them a second time.
   */
  default boolean placesVectors() {
    return false;
  }

  /**
   * Starts a segment.
   *
   * @param schema every column that batches will have
   * @param sink where the file goes; the host owns it
   */
  SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context);

  /**
   * Opens a segment written as {@code stored}, which {@link #canRead} has accepted.
   *
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when the bytes are no such file
   */
  SegmentReader open(BlobSource source, Encoding stored, PluginContext context);
}
