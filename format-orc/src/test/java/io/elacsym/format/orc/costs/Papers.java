package io.elacsym.format.orc.costs;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Rows like those of a collection of papers: small columns, a long text, and a large vector. */
final class Papers {
  static final int ROWS = 50_000;
  static final int DIMENSION = 384;
  static final List<String> SMALL =
      List.of("id", "title", "category", "year", "score", "at", "tags");
  static final List<String> TEXT = List.of("text");
  static final List<String> VECTOR = List.of("vector");
  static final List<String> ALL =
      List.of("id", "title", "category", "year", "score", "at", "tags", "text", "vector");

  private static final int BATCH_ROWS = 1024;
  private static final int WORDS = 20_000;

  private final Random random = new Random(1);
  private final String[] words = new String[WORDS];

  private Papers() {
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 2 + random.nextInt(9); letters > 0; letters--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = word.toString();
    }
  }

  /** All rows, in batches. */
  static List<ColumnBatch> batches() {
    Papers papers = new Papers();
    List<ColumnBatch> batches = new ArrayList<>();
    for (int row = 0; row < ROWS; row += BATCH_ROWS) {
      batches.add(papers.batch(row, Math.min(BATCH_ROWS, ROWS - row)));
    }
    return batches;
  }

  private ColumnBatch batch(int from, int rows) {
    BitSet all = new BitSet();
    all.set(0, rows);
    BitSet most = new BitSet();
    long[] ids = new long[rows];
    String[] titles = new String[rows];
    String[] categories = new String[rows];
    long[] years = new long[rows];
    double[] scores = new double[rows];
    long[] times = new long[rows];
    String[] texts = new String[rows];
    int[] offsets = new int[rows + 1];
    List<String> tags = new ArrayList<>();
    float[] vectors = new float[rows * DIMENSION];
    for (int i = 0; i < rows; i++) {
      ids[i] = 7L * (from + i);
      titles[i] = text(6);
      categories[i] = "category " + random.nextInt(20);
      years[i] = 1950L + random.nextInt(75);
      most.set(i, random.nextInt(10) > 0);
      scores[i] = random.nextDouble();
      times[i] = 1_700_000_000_000L + random.nextInt();
      texts[i] = text(100);
      for (int tag = random.nextInt(4); tag > 0; tag--) {
        tags.add(word());
      }
      offsets[i + 1] = tags.size();
      for (int j = 0; j < DIMENSION; j++) {
        vectors[i * DIMENSION + j] = (float) random.nextGaussian() / 20;
      }
    }
    return ColumnBatch.of(
        rows,
        List.of(
            Column.of(ColumnSpec.of("id", ValueType.INT64).logically("uint"), rows, all, ids),
            Column.of(ColumnSpec.of("title", ValueType.STRING), rows, all, titles),
            Column.of(ColumnSpec.of("category", ValueType.STRING), rows, all, categories),
            Column.of(ColumnSpec.of("year", ValueType.INT64), rows, all, years),
            Column.of(ColumnSpec.of("score", ValueType.FLOAT64), rows, most, scores),
            Column.of(ColumnSpec.of("at", ValueType.INT64).logically("datetime"), rows, all, times),
            Column.ofLists(
                ColumnSpec.listOf("tags", ValueType.STRING),
                rows,
                all,
                offsets,
                tags.toArray(String[]::new)),
            Column.of(ColumnSpec.of("text", ValueType.STRING), rows, all, texts),
            Column.of(ColumnSpec.vector("vector", DIMENSION), rows, all, vectors)));
  }

  private String text(int length) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < length; i++) {
      text.add(word());
    }
    return text.toString();
  }

  /** Some words are much more frequent than others, as in a language. */
  private String word() {
    return words[(int) (WORDS * Math.pow(random.nextDouble(), 3))];
  }
}
