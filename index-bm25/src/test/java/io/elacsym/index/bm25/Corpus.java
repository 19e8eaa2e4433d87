package io.elacsym.index.bm25;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.index.bm25.analysis.LanguageAnalyzer;
import io.elacsym.index.bm25.blob.v2.BlobBytes;
import io.elacsym.index.bm25.blob.v2.Bm25Reader;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.oracle.ReferenceBm25;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random rows whose words are as unevenly spread as words are, some rows without text.
 *
 * @param size how many rows
 * @param rows the texts of those that have some
 */
public record Corpus(int size, Map<Integer, List<String>> rows) {
  public Corpus {
    rows = new TreeMap<>(rows);
  }

  public static final Bm25IndexProvider PROVIDER = new Bm25IndexProvider();
  public static final TextField FIELD = new TextField("body", TextAnalysis.DEFAULT);

  public static Corpus random(Random random, int size, int vocabulary, int longest) {
    Map<Integer, List<String>> rows = new TreeMap<>();
    for (int row = 0; row < size; row++) {
      if (random.nextInt(10) == 0) {
        continue;
      }
      List<String> values = new ArrayList<>();
      for (int value = random.nextInt(3); value >= 0; value--) {
        StringBuilder text = new StringBuilder();
        for (int word = random.nextInt(longest / 3 + 1); word > 0; word--) {
          text.append(word(random, vocabulary)).append(' ');
        }
        values.add(text.toString());
      }
      rows.put(row, values);
    }
    return new Corpus(size, rows);
  }

  /** Words of Zipf's law, roughly; digits, because nothing is done to them but splitting. */
  static String word(Random random, int vocabulary) {
    return "w" + (int) Math.pow(vocabulary, random.nextDouble());
  }

  public static List<String> words(Random random, int vocabulary, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(word(random, vocabulary));
    }
    return words;
  }

  public MemoryBlobSource blob() {
    MemoryBlobSink sink = new MemoryBlobSink();
    try (TextIndexWriter writer = PROVIDER.writer(FIELD, size, sink, TestContext.of(PROVIDER))) {
      rows.forEach(writer::add);
      writer.finish();
    }
    return sink.source();
  }

  public TextIndexReader open(BlobSource blob) {
    return PROVIDER.open(FIELD, blob, PROVIDER.encoding(), size, TestContext.of(PROVIDER));
  }

  public TextIndexReader open(BlobSource blob, BlobBytes.Plan plan) {
    return Bm25Reader.open(FIELD.analysis(), blob, plan, size, () -> {});
  }

  LiveTextIndex live() {
    LiveTextIndex live = PROVIDER.live(FIELD, TestContext.of(PROVIDER));
    rows.forEach(live::add);
    return live;
  }

  ReferenceBm25 reference() {
    ReferenceBm25 reference = new ReferenceBm25(FIELD.analysis().k1(), FIELD.analysis().b());
    LanguageAnalyzer analyzer = new LanguageAnalyzer(FIELD.analysis());
    rows.forEach((row, values) -> reference.addPlaced(row, ReferenceBm25.placed(analyzer, values)));
    return reference;
  }

  public RowSet some(Random random, double share) {
    BitSet rows = new BitSet();
    for (int row = 0; row < size; row++) {
      if (random.nextDouble() < share) {
        rows.set(row);
      }
    }
    return RowSet.of(size, rows);
  }

  public TextQuery query(TextIndexReader index, List<String> terms, int k, RowSet accept) {
    return new TextQuery(terms, index.statistics(terms, RowSet.all(size)), k, accept);
  }
}
