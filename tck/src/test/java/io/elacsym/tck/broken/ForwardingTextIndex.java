package io.elacsym.tck.broken;

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
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHighlight;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.tck.reference.PlainTextIndex;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A good text index, to be spoilt by overriding. {@link #spoilt} is asked for every index that is
 * opened or live, so that one change shows in both.
 */
class ForwardingTextIndex implements TextIndexProvider {
  protected final PlainTextIndex plain = new PlainTextIndex();

  /** The index to use in place of a good one. */
  protected TextIndexReader spoilt(TextIndexReader good) {
    return good;
  }

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return plain.description();
  }

  @Override
  public Encoding encoding() {
    return plain.encoding();
  }

  @Override
  public Set<String> languages() {
    return plain.languages();
  }

  @Override
  public TextAnalyzer analyzer(TextField field, PluginContext context) {
    return plain.analyzer(field, context);
  }

  @Override
  public TextIndexWriter writer(
      TextField field, int segmentRows, BlobSink sink, PluginContext context) {
    return plain.writer(field, segmentRows, sink, context);
  }

  @Override
  public LiveTextIndex live(TextField field, PluginContext context) {
    LiveTextIndex live = plain.live(field, context);
    TextIndexReader reader = spoilt(live);
    return new Live(live, reader);
  }

  @Override
  public TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context) {
    return spoilt(plain.open(field, source, stored, segmentRows, context));
  }

  @Override
  public Optional<List<String>> highlight(
      TextField field, TextHighlight wanted, List<String> values, PluginContext context) {
    return plain.highlight(field, wanted, values, context);
  }

  /** A good index, to be spoilt by overriding. */
  static class Reader implements TextIndexReader {
    protected final TextIndexReader inner;

    Reader(TextIndexReader inner) {
      this.inner = inner;
    }

    @Override
    public TextStatistics statistics(List<String> terms, RowSet live) {
      return inner.statistics(terms, live);
    }

    @Override
    public TextHits search(TextQuery query) {
      return inner.search(query);
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
    public Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
      return inner.frequencies(clauses, rows);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  /** Adds to one, reads from the other. */
  static class Live extends Reader implements LiveTextIndex {
    private final LiveTextIndex adding;

    Live(LiveTextIndex adding, TextIndexReader reading) {
      super(reading);
      this.adding = adding;
    }

    @Override
    public void add(int row, List<String> values) {
      adding.add(row, values);
    }
  }
}
