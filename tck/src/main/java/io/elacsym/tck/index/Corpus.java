package io.elacsym.tck.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of text.
 *
 * @param segmentRows how many rows, with or without text
 * @param texts the texts of each row that has some, by row
 */
record Corpus(int segmentRows, TreeMap<Integer, List<String>> texts) {
  /** One text a row. */
  static Corpus of(String... texts) {
    TreeMap<Integer, List<String>> rows = new TreeMap<>();
    for (int row = 0; row < texts.length; row++) {
      rows.put(row, List.of(texts[row]));
    }
    return new Corpus(texts.length, rows);
  }

  /**
   * Random texts of words {@code w0, w1, ...}, of which the first are the most frequent. Every
   * tenth row has no text, every seventh has several values.
   */
  static Corpus random(int rows, int vocabulary, int shortest, int longest, Random random) {
    TreeMap<Integer, List<String>> texts = new TreeMap<>();
    for (int row = 0; row < rows; row++) {
      if (row % 10 == 3) {
        continue;
      }
      int words = shortest + random.nextInt(longest - shortest + 1);
      texts.put(
          row,
          row % 7 == 2
              ? List.of(
                  text(words / 2, vocabulary, random), text(words - words / 2, vocabulary, random))
              : List.of(text(words, vocabulary, random)));
    }
    return new Corpus(rows, texts);
  }

  private static String text(int words, int vocabulary, Random random) {
    return Stream.generate(() -> word(vocabulary, random))
        .limit(words)
        .collect(Collectors.joining(" "));
  }

  /** A random word, small numbers more often. */
  static String word(int vocabulary, Random random) {
    double skewed = Math.pow(random.nextDouble(), 3);
    return "w" + (int) (skewed * vocabulary);
  }

  /** Some rows as a segment of their own, numbered anew from 0. */
  Corpus part(int fromRow, int toRow) {
    TreeMap<Integer, List<String>> part = new TreeMap<>();
    for (Map.Entry<Integer, List<String>> row : texts.subMap(fromRow, toRow).entrySet()) {
      part.put(row.getKey() - fromRow, row.getValue());
    }
    return new Corpus(toRow - fromRow, part);
  }

  /** All texts of a row. */
  List<String> row(int row) {
    return texts.getOrDefault(row, List.of());
  }

  /** Random query words; some of them in no text. */
  List<String> query(int vocabulary, Random random) {
    List<String> words = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      words.add(word(vocabulary + vocabulary / 10, random));
    }
    return words;
  }
}
