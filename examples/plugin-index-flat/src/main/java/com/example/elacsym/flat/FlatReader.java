package com.example.elacsym.flat;

import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the query with all vectors, block by block. Only the row numbers are kept in memory; the
 * vectors are read again by every search, and the host's cache makes that cheap. Immutable, and so
 * safe for use by many threads.
 */
final class FlatReader implements VectorIndexReader {
  /** Blocks asked for at once: enough to be one wave on a bucket, few enough to hold in memory. */
  private static final int BLOCKS_A_WAVE = 32;

  private final BlobSource source;
  private final FlatLayout layout;
  private final int[] rows;
  private final int blockVectors;
  private final Similarity similarity;
  private final PluginContext context;

  private FlatReader(
      BlobSource source,
      FlatLayout layout,
      int[] rows,
      int blockVectors,
      Similarity similarity,
      PluginContext context) {
    this.source = source;
    this.layout = layout;
    this.rows = rows;
    this.blockVectors = blockVectors;
    this.similarity = similarity;
    this.context = context;
  }

  static FlatReader open(StoredVectorIndex index, long blockBytes, PluginContext context) {
    VectorField field = index.field();
    BlobSource source = index.blob();
    FlatLayout layout = FlatLayout.read(source, field.dimension(), index.segmentRows());
    int[] rows = layout.readRows(source, index.segmentRows());
    int blockVectors = (int) Math.max(1, blockBytes / layout.vectorBytes());
    Similarity similarity = new Similarity(field.metric(), context.math());
    return new FlatReader(source, layout, rows, blockVectors, similarity, context);
  }

  /** The vectors {@code first} to {@code first + count - 1}. */
  private record Block(int first, int count) {}

  @Override
  public VectorIndexCapabilities capabilities() {
    return new VectorIndexCapabilities(true, true);
  }

  @Override
  public int count() {
    return layout.count();
  }

  @Override
  public VectorHits search(VectorQuery query) {
    float[] prepared = similarity.prepared(query.vector());
    float[] scores = new float[blockVectors];
    TopK best = new TopK(query.k(), query.accept().cardinality());
    int scored = 0;
    List<Block> blocks = blocks(query.accept());
    for (int from = 0; from < blocks.size(); from += BLOCKS_A_WAVE) {
      context.checkCancelled(); // a request may have run out of time
      List<Block> wave = wave(blocks, from);
      List<MemorySegment> vectors = source.readAll(ranges(wave));
      for (int i = 0; i < wave.size(); i++) {
        Block block = wave.get(i);
        similarity.scores(prepared, vectors.get(i), block.count(), scores);
        scored += block.count();
        for (int n = 0; n < block.count(); n++) {
          int row = rows[block.first() + n];
          if (query.accept().contains(row)) {
            best.offer(scores[n], row);
          }
        }
      }
    }
    return best.hits(scored);
  }

  /** The blocks that hold a row which may be returned; the others are neither read nor compared. */
  private List<Block> blocks(RowSet accept) {
    List<Block> blocks = new ArrayList<>();
    for (int first = 0; first < rows.length; first += blockVectors) {
      int count = Math.min(blockVectors, rows.length - first);
      int next = accept.next(rows[first]);
      if (next >= 0 && next <= rows[first + count - 1]) {
        blocks.add(new Block(first, count));
      }
    }
    return blocks;
  }

  private static List<Block> wave(List<Block> blocks, int from) {
    int start = Math.min(from, blocks.size());
    return blocks.subList(start, Math.min(start + BLOCKS_A_WAVE, blocks.size()));
  }

  private List<ByteRange> ranges(List<Block> blocks) {
    return blocks.stream()
        .map(block ->
            new ByteRange(
                layout.vectorsOffset() + layout.vectorBytes() * block.first(),
                layout.vectorBytes() * block.count()))
        .toList();
  }

  /** The source is the host's; nothing else is held. */
  @Override
  public void close() {}
}
