package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.reference.PlainTextIndex;
import java.util.List;
import java.util.Set;

/** A later release of the plain text index, whose analysis takes ß and ss for one. */
final class RevisedTextIndex implements TextIndexProvider {
  private static final String FEATURE = "analysis-2";

  private final PlainTextIndex before = new PlainTextIndex();

  private static String folded(String text) {
    return text.replace("ß", "ss");
  }

  private static List<String> folded(List<String> texts) {
    return texts.stream().map(RevisedTextIndex::folded).toList();
  }

  @Override
  public String name() {
    return before.name();
  }

  @Override
  public int spiLevel() {
    return before.spiLevel();
  }

  @Override
  public String description() {
    return before.description();
  }

  @Override
  public Encoding encoding() {
    return new Encoding(name(), before.encoding().version(), Set.of(FEATURE));
  }

  @Override
  public boolean isCurrent(Encoding stored) {
    return stored.features().contains(FEATURE);
  }

  @Override
  public Set<String> languages() {
    return before.languages();
  }

  @Override
  public TextAnalyzer analyzer(TextField field, PluginContext context) {
    TextAnalyzer analyzer = before.analyzer(field, context);
    return text -> analyzer.terms(folded(text));
  }

  @Override
  public TextIndexWriter writer(
      TextField field, int segmentRows, BlobSink sink, PluginContext context) {
    TextIndexWriter writer = before.writer(field, segmentRows, sink, context);
    return new TextIndexWriter() {
      @Override
      public void add(int row, List<String> values) {
        writer.add(row, folded(values));
      }

      @Override
      public void finish() {
        writer.finish();
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  @Override
  public LiveTextIndex live(TextField field, PluginContext context) {
    LiveTextIndex live = before.live(field, context);
    return new LiveTextIndex() {
      @Override
      public void add(int row, List<String> values) {
        live.add(row, folded(values));
      }

      @Override
      public TextStatistics statistics(List<String> terms, RowSet rows) {
        return live.statistics(terms, rows);
      }

      @Override
      public TextHits search(TextQuery query) {
        return live.search(query);
      }

      @Override
      public float[] score(TextQuery query, int[] rows) {
        return live.score(query, rows);
      }

      @Override
      public void close() {
        live.close();
      }
    };
  }

  @Override
  public TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context) {
    return before.open(field, source, stored, segmentRows, context);
  }
}
