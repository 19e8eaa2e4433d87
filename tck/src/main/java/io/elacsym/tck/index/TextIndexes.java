package io.elacsym.tck.index;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.oracle.ReferenceBm25;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes and opens indexes of the kind under test. */
record TextIndexes(TextIndexProvider provider, Map<String, String> options) {
  /** A segment's index and the oracle over the same rows. */
  record Open(Corpus corpus, TextIndexReader reader, ReferenceBm25 oracle)
      implements AutoCloseable {
    RowSet all() {
      return RowSet.all(corpus.segmentRows());
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /** A field with an analysis that only splits words. */
  TextField field() {
    return field(1.2, 0.75);
  }

  TextField field(double k1, double b) {
    return new TextField("body", new TextAnalysis(language(), false, false, false, k1, b));
  }

  /** English if the plugin has it, otherwise the first of its languages. */
  String language() {
    return provider.languages().contains("english")
        ? "english"
        : new TreeSet<>(provider.languages()).getFirst();
  }

  TextAnalyzer analyzer(TextField field) {
    return provider.analyzer(field, context());
  }

  /** The terms of words of a query. */
  List<String> terms(TextField field, List<String> words) {
    TextAnalyzer analyzer = analyzer(field);
    return words.stream().flatMap(word -> analyzer.terms(word).stream()).toList();
  }

  MemoryBlobSource write(TextField field, Corpus corpus) {
    MemoryBlobSink sink = new MemoryBlobSink();
    try (TextIndexWriter writer = provider.writer(field, corpus.segmentRows(), sink, context())) {
      corpus.texts().forEach(writer::add);
      writer.finish();
    }
    return sink.source();
  }

  TextIndexReader open(TextField field, BlobSource blob, int segmentRows) {
    return open(field, blob, segmentRows, context());
  }

  TextIndexReader open(TextField field, BlobSource blob, int segmentRows, TestContext context) {
    return provider.open(field, blob, provider.encoding(), segmentRows, context);
  }

  /** What a check does with an index, written or live. */
  @FunctionalInterface
  interface Use {
    void with(Open index) throws Exception;
  }

  /** The same for an index that was written and for one that grows. */
  void inBoth(TextField field, Corpus corpus, Use use) throws Exception {
    try (Open written = open(field, corpus)) {
      with("a written index: ", written, use);
    }
    try (Open live = live(field, corpus)) {
      with("a live index: ", live, use);
    }
  }

  private static void with(String what, Open index, Use use) throws Exception {
    try {
      use.with(index);
    } catch (AssertionError e) {
      throw new AssertionError(what + e.getMessage(), e);
    }
  }

  Open open(TextField field, Corpus corpus) {
    return new Open(
        corpus, open(field, write(field, corpus), corpus.segmentRows()), oracle(field, corpus));
  }

  /** The rows in an index that grows. */
  Open live(TextField field, Corpus corpus) {
    LiveTextIndex live = provider.live(field, context());
    corpus.texts().forEach(live::add);
    return new Open(corpus, live, oracle(field, corpus));
  }

  ReferenceBm25 oracle(TextField field, Corpus corpus) {
    TextAnalyzer analyzer = analyzer(field);
    ReferenceBm25 oracle = new ReferenceBm25(field.analysis().k1(), field.analysis().b());
    corpus
        .texts()
        .forEach((row, texts) -> oracle.addPlaced(row, ReferenceBm25.placed(analyzer, texts)));
    return oracle;
  }

  TestContext context() {
    return TestContext.of(provider, options);
  }
}
