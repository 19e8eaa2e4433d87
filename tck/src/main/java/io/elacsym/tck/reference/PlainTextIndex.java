package io.elacsym.tck.reference;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
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
import io.elacsym.tck.oracle.ReferenceBm25;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps the terms of all rows and asks the formula. English only, with a stemmer of one rule. */
public final class PlainTextIndex implements TextIndexProvider {
  private static final int MAGIC = 0x54657874;
  private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
  private static final Set<String> STOPWORDS = Set.of("a", "and", "of", "the");

  @Override
  public String name() {
    return "plain-text";
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "BM25 over all rows.";
  }

  @Override
  public Encoding encoding() {
    return Encoding.of("plain-text", 1);
  }

  @Override
  public Set<String> languages() {
    return Set.of("english");
  }

  @Override
  public TextAnalyzer analyzer(TextField field, PluginContext context) {
    return text ->
        Stream.of(GAP.split(text))
            .filter(word -> !word.isEmpty())
            .map(word -> field.analysis().caseSensitive() ? word : word.toLowerCase(Locale.ROOT))
            .filter(word -> !(field.analysis().removeStopwords() && STOPWORDS.contains(word)))
            .map(word -> field.analysis().stemming() ? word.replaceFirst("(ing|es|s)$", "") : word)
            .toList();
  }

  private List<String> terms(TextField field, PluginContext context, List<String> values) {
    TextAnalyzer analyzer = analyzer(field, context);
    return values.stream().flatMap(value -> analyzer.terms(value).stream()).toList();
  }

  @Override
  public TextIndexWriter writer(
      TextField field, int segmentRows, BlobSink sink, PluginContext context) {
    Map<Integer, List<String>> rows = new TreeMap<>();
    return new TextIndexWriter() {
      @Override
      public void add(int row, List<String> values) {
        rows.put(row, terms(field, context, values));
      }

      @Override
      public void finish() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
          out.writeInt(MAGIC);
          out.writeInt(rows.size());
          for (Map.Entry<Integer, List<String>> row : rows.entrySet()) {
            out.writeInt(row.getKey());
            out.writeInt(row.getValue().size());
            for (String term : row.getValue()) {
              byte[] utf8 = term.getBytes(StandardCharsets.UTF_8);
              out.writeInt(utf8.length);
              out.write(utf8);
            }
          }
          out.writeInt(MAGIC);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        sink.write(bytes.toByteArray());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public LiveTextIndex live(TextField field, PluginContext context) {
    return new Index(field, context, values -> terms(field, context, values));
  }

  @Override
  public TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context) {
    Index index = new Index(field, context, values -> values);
    byte[] bytes = source.read(0, source.size()).toArray(ValueLayout.JAVA_BYTE);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw ElacsymException.corrupt("no plain text index");
      }
      int rows = in.readInt();
      for (int i = 0; i < rows; i++) {
        int row = in.readInt();
        int count = in.readInt();
        List<String> terms = new ArrayList<>();
        for (int t = 0; t < count; t++) {
          terms.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }
        index.add(row, terms);
      }
      if (in.readInt() != MAGIC) {
        throw ElacsymException.corrupt("the index has another end");
      }
      return index;
    } catch (IOException e) {
      throw ElacsymException.corrupt("the index ends early");
    }
  }

  /** What turns the values of a row into terms. */
  private interface Terms {
    List<String> of(List<String> values);
  }

  private static final class Index implements LiveTextIndex {
    private final ReferenceBm25 bm25;
    private final Terms terms;
    private final PluginContext context;

    Index(TextField field, PluginContext context, Terms terms) {
      this.context = context;
      this.bm25 = new ReferenceBm25(field.analysis().k1(), field.analysis().b());
      this.terms = terms;
    }

    @Override
    public synchronized void add(int row, List<String> values) {
      bm25.add(row, terms.of(values));
    }

    @Override
    public synchronized TextStatistics statistics(List<String> asked, RowSet live) {
      return bm25.statistics(asked, live);
    }

    @Override
    public synchronized TextHits search(TextQuery query) {
      context.checkCancelled();
      return bm25.search(query);
    }

    @Override
    public synchronized float[] score(TextQuery query, int[] rows) {
      float[] scores = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        scores[i] = (float) bm25.score(query, rows[i]);
      }
      return scores;
    }

    @Override
    public void close() {}
  }
}
