package io.elacsym.index.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.tck.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.lucene.search.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two blobs and a live index, with deleted rows, beside one plain Lucene index over the rows that
 * are left: the same rows are found with the same scores, to one part in 100,000.
 */
class LuceneTwinTest {
  private static final int PART = 400;
  private static final float TOLERANCE = 1e-5f;
  private static final int QUERIES = 300;

  private final long seed = Seed.current();
  private final Random random = new Random(seed);
  private final List<String> vocabulary = vocabulary();
  private final List<Part> parts = new ArrayList<>();
  private final LuceneTwin lucene;

  /** Rows {@code from} and up. */
  private record Part(int from, TextIndexReader reader, RowSet live) {}

  LuceneTwinTest() throws IOException {
    TreeMap<Integer, List<String>> left = new TreeMap<>();
    for (int part = 0; part < 3; part++) {
      TreeMap<Integer, List<String>> rows = new TreeMap<>();
      BitSet live = new BitSet();
      for (int row = 0; row < PART; row++) {
        if (random.nextInt(12) > 0) {
          rows.put(row, values());
        }
        if (part == 1 || random.nextInt(5) > 0) {
          live.set(row);
          if (rows.containsKey(row)) {
            left.put(part * PART + row, rows.get(row));
          }
        }
      }
      Corpus corpus = new Corpus(PART, rows);
      parts.add(
          new Part(
              part * PART,
              part == 2 ? corpus.live() : corpus.open(corpus.blob()),
              RowSet.of(PART, live)));
    }
    lucene = new LuceneTwin(left);
  }

  @AfterEach
  void close() {
    parts.forEach(part -> part.reader().close());
  }

  /**
   * Of letters of which no English ending is made, so that stemming leaves them alone; and of more
   * characters than there are edits, because Lucene finds such words, too, with a score of 0.
   */
  private List<String> vocabulary() {
    List<String> words = new ArrayList<>();
    while (words.size() < 250) {
      StringBuilder word = new StringBuilder();
      for (int length = 3 + random.nextInt(4); length > 0; length--) {
        word.append("kqvx".charAt(random.nextInt(4)));
      }
      if (!words.contains(word.toString())) {
        words.add(word.toString());
      }
    }
    return words;
  }

  private String word() {
    return vocabulary.get((int) (Math.pow(random.nextDouble(), 2) * vocabulary.size()));
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    for (int value = 1 + random.nextInt(2); value > 0; value--) {
      List<String> words = new ArrayList<>();
      for (int count = random.nextInt(60); count > 0; count--) {
        words.add(word());
      }
      values.add(String.join(" ", words));
    }
    return values;
  }

  @Test
  void termsInGroupsScoreAsInOneIndex() throws IOException {
    for (int i = 0; i < QUERIES; i++) {
      TextClause clause = group(2);
      expect(clause, LuceneTwin.query(clause));
    }
  }

  @Test
  void phrasesScoreAsInOneIndex() throws IOException {
    for (int i = 0; i < QUERIES; i++) {
      TextClause clause = phrase();
      expect(clause, LuceneTwin.query(clause));
    }
  }

  @Test
  void prefixesAndFuzzyWordsScoreAsInOneIndex() throws IOException {
    for (int i = 0; i < QUERIES; i++) {
      String word = word();
      TermPattern pattern =
          i % 3 == 0
              ? new TermPattern.Prefix(word.substring(0, 1 + random.nextInt(word.length())))
              : new TermPattern.Fuzzy(
                  edited(word), 1 + random.nextInt(2), random.nextInt(3) == 0 ? 1 : 0);
      int limit = List.of(3, 10, 50).get(random.nextInt(3));
      List<WeightedTerm> forms =
          parts.stream()
              .flatMap(part -> part.reader().terms(pattern, part.live(), limit).stream())
              .distinct()
              .sorted(
                  Comparator.comparingDouble(WeightedTerm::weight)
                      .reversed()
                      .thenComparing(WeightedTerm::term))
              .limit(limit)
              .toList();
      if (forms.isEmpty()) {
        assertThat(lucene.scores(LuceneTwin.pattern(pattern, limit))).isEmpty();
      } else {
        expect(new TextClause.Forms(forms), LuceneTwin.pattern(pattern, limit));
      }
    }
  }

  private String edited(String word) {
    StringBuilder edited = new StringBuilder(word + "kq");
    int at = 1 + random.nextInt(edited.length() - 1);
    return switch (random.nextInt(3)) {
      case 0 -> edited.deleteCharAt(at).toString();
      case 1 -> edited.insert(at, 'v').toString();
      default -> edited.reverse().toString();
    };
  }

  private TextClause phrase() {
    List<TextClause.PlacedTerm> placed = new ArrayList<>();
    int position = 0;
    for (int length = 2 + random.nextInt(2); length > 0; length--) {
      // Also the same word twice: what a phrase with slop is then worth, Lucene alone knows.
      placed.add(new TextClause.PlacedTerm(vocabulary.get(random.nextInt(25)), position));
      position += 1 + random.nextInt(2);
    }
    return new TextClause.Phrase(placed, random.nextInt(6));
  }

  private TextClause group(int depth) {
    int required = random.nextInt(3);
    int optional = random.nextInt(4) + (required == 0 ? 1 : 0);
    int minimum = random.nextInt(optional + 1);
    return new TextClause.Group(
        clauses(required, depth),
        clauses(optional, depth),
        required == 0 ? Math.max(1, minimum) : minimum,
        clauses(random.nextInt(2), depth));
  }

  private List<TextClause> clauses(int count, int depth) {
    List<TextClause> clauses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clauses.add(
          switch (random.nextInt(6)) {
            case 0 -> phrase();
            case 1 -> depth > 1 ? group(depth - 1) : new TextClause.Term(word());
            case 2 -> new TextClause.Weighted(new TextClause.Term(word()), 0.5f + i);
            default -> new TextClause.Term(word());
          });
    }
    return clauses;
  }

  private void expect(TextClause clause, Query query) throws IOException {
    Map<Integer, Float> expected = lucene.scores(query);
    List<String> terms = clause.terms().toList();
    TextStatistics statistics =
        parts.stream()
            .map(part -> part.reader().statistics(terms, part.live()))
            .reduce(TextStatistics.NONE, TextStatistics::plus);
    Map<Integer, Float> seen = new TreeMap<>();
    for (Part part : parts) {
      TextHits hits = part.reader().search(new TextQuery(clause, statistics, PART, part.live()));
      for (int i = 0; i < hits.rows().length; i++) {
        seen.put(part.from() + hits.rows()[i], hits.scores()[i]);
      }
      assertThat(part.reader().matching(clause, part.live()).cardinality())
          .as("seed %d: rows of %s", seed, clause)
          .isEqualTo(hits.rows().length);
    }
    assertThat(seen.keySet()).as("seed %d: %s", seed, clause).isEqualTo(expected.keySet());
    expected.forEach((row, score) ->
        assertThat(seen.get(row))
            .as("seed %d: row %d of %s", seed, row, clause)
            .isCloseTo(score, within(TOLERANCE * score)));
  }
}
