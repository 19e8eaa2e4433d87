package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
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
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Another text index, none of whose terms the plain one has: it puts a mark before each word, which
 * is an option. It can also be told to break its contract.
 */
final class MarkedTextIndex implements TextIndexProvider {
  static final String NAME = "marked";

  /** A word that it fails to take while {@link #failing}. */
  static final String POISON = "poison";

  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private final PlainTextIndex plain = new PlainTextIndex();
  private volatile UnaryOperator<TextHits> answers = hits -> hits;
  private volatile boolean failing;

  /** Makes something else of each answer from now on. */
  void answering(UnaryOperator<TextHits> change) {
    answers = change;
  }

  /** Throws, or does not any more, when a text has the {@link #POISON}. */
  void failing(boolean fails) {
    failing = fails;
  }

  private String marked(String text, PluginContext context) {
    if (failing && text.contains(POISON)) {
      throw new IllegalStateException("cannot take it");
    }
    return WORD.matcher(text).replaceAll(context.options().text("mark") + "$0");
  }

  private List<String> marked(List<String> texts, PluginContext context) {
    return texts.stream().map(text -> marked(text, context)).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "BM25 over marked words.";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.of("mark", OptionType.TEXT, "x", "What stands before each word."));
  }

  @Override
  public Encoding encoding() {
    return Encoding.of(NAME, 1);
  }

  @Override
  public Set<String> languages() {
    return plain.languages();
  }

  @Override
  public TextAnalyzer analyzer(TextField field, PluginContext context) {
    TextAnalyzer analyzer = plain.analyzer(field, context);
    return text -> analyzer.terms(marked(text, context));
  }

  @Override
  public TextIndexWriter writer(
      TextField field, int segmentRows, BlobSink sink, PluginContext context) {
    TextIndexWriter writer = plain.writer(field, segmentRows, sink, context);
    return new TextIndexWriter() {
      @Override
      public void add(int row, List<String> values) {
        writer.add(row, marked(values, context));
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
    TextIndexReader reader = reader(live);
    return new LiveTextIndex() {
      @Override
      public void add(int row, List<String> values) {
        live.add(row, marked(values, context));
      }

      @Override
      public TextStatistics statistics(List<String> terms, RowSet rows) {
        return reader.statistics(terms, rows);
      }

      @Override
      public TextHits search(TextQuery query) {
        return reader.search(query);
      }

      @Override
      public float[] score(TextQuery query, int[] rows) {
        return reader.score(query, rows);
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  @Override
  public TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context) {
    return reader(plain.open(field, source, plain.encoding(), segmentRows, context));
  }

  private TextIndexReader reader(TextIndexReader inner) {
    return new TextIndexReader() {
      @Override
      public TextStatistics statistics(List<String> terms, RowSet live) {
        return inner.statistics(terms, live);
      }

      @Override
      public TextHits search(TextQuery query) {
        return answers.apply(inner.search(query));
      }

      @Override
      public float[] score(TextQuery query, int[] rows) {
        return inner.score(query, rows);
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }
}
