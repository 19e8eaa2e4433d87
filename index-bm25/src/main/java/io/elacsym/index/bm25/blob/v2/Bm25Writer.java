package io.elacsym.index.bm25.blob.v2;

import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.index.bm25.analysis.LanguageAnalyzer;
import io.elacsym.index.bm25.live.PostingsBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Inverts rows in memory and writes them at the end: a blob is written from front to back. */
public final class Bm25Writer implements TextIndexWriter {
  private static final int ROWS_BETWEEN_CHECKS = 1024;

  private final int segmentRows;
  private final BlobSink sink;
  private final PluginContext context;
  private final PostingsBuffer buffer;
  private int added;

  public Bm25Writer(TextAnalysis analysis, int segmentRows, BlobSink sink, PluginContext context) {
    this.segmentRows = segmentRows;
    this.sink = sink;
    this.context = context;
    this.buffer = new PostingsBuffer(new LanguageAnalyzer(analysis));
  }

  @Override
  public void add(int row, List<String> values) {
    if (row >= segmentRows) {
      throw new IllegalArgumentException("row " + row + " of a segment of " + segmentRows);
    }
    if (added++ % ROWS_BETWEEN_CHECKS == 0) {
      context.checkCancelled();
    }
    buffer.add(row, values);
  }

  @Override
  public void finish() {
    context.checkCancelled();
    try {
      BlobWriter.write(buffer, segmentRows, sink);
    } catch (IOException e) {
      throw new UncheckedIOException("memory", e);
    }
  }

  @Override
  public void close() {}
}
