package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.tck.reference.PlainTextIndex;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The plain text index over texts that are rewritten first, those of queries too. */
abstract class RewritingTextIndex implements TextIndexProvider {
  private final PlainTextIndex plain = new PlainTextIndex();

  /** What is indexed, or looked for, in the place of a text. */
  abstract String rewritten(String text, PluginContext context);

  /** Told of the texts of each row that a live index takes. */
  List<String> added(List<String> texts) {
    return texts;
  }

  /** What is answered in the place of hits. */
  TextHits answered(TextHits hits) {
    return hits;
  }

  private List<String> rewritten(List<String> texts, PluginContext context) {
    return texts.stream().map(text -> rewritten(text, context)).toList();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "BM25 over all rows, rewritten.";
  }

  @Override
  public Set<String> languages() {
    return plain.languages();
  }

  @Override
  public TextAnalyzer analyzer(TextField field, PluginContext context) {
    TextAnalyzer analyzer = plain.analyzer(field, context);
    return text -> analyzer.tokens(rewritten(text, context));
  }

  @Override
  public TextIndexWriter writer(
      TextField field, int segmentRows, BlobSink sink, PluginContext context) {
    TextIndexWriter writer = plain.writer(field, segmentRows, sink, context);
    return new TextIndexWriter() {
      @Override
      public void add(int row, List<String> values) {
        writer.add(row, rewritten(values, context));
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
    LiveTextIndex live = plain.live(field, context);
    return new Live(live, values -> rewritten(added(values), context));
  }

  @Override
  public TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context) {
    return new Reader(plain.open(field, source, plain.encoding(), segmentRows, context));
  }

  private class Reader implements TextIndexReader {
    private final TextIndexReader inner;

    Reader(TextIndexReader inner) {
      this.inner = inner;
    }

    @Override
    public TextStatistics statistics(List<String> terms, RowSet live) {
      return inner.statistics(terms, live);
    }

    @Override
    public TextHits search(TextQuery query) {
      return answered(inner.search(query));
    }

    @Override
    public float[] score(TextQuery query, int[] rows) {
      return inner.score(query, rows);
    }

    @Override
    public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
      return inner.terms(pattern, live, limit);
    }

    @Override
    public RowSet matching(TextClause clause, RowSet accept) {
      return inner.matching(clause, accept);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private final class Live extends Reader implements LiveTextIndex {
    private final LiveTextIndex live;
    private final UnaryOperator<List<String>> rewriting;

    Live(LiveTextIndex live, UnaryOperator<List<String>> rewriting) {
      super(live);
      this.live = live;
      this.rewriting = rewriting;
    }

    @Override
    public void add(int row, List<String> values) {
      live.add(row, rewriting.apply(values));
    }
  }
}
