package io.elacsym.benchmarks.judged;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How good rankings are, as means over all queries.
 *
 * @param ndcg10 normalised discounted cumulative gain of the first ten
 * @param map average precision
 * @param recall100 share of the relevant ones among the first hundred
 */
record Quality(double ndcg10, double map, double recall100) {
  /** Ranks documents for a query. */
  @FunctionalInterface
  interface Ranker {
    List<Long> rank(String query) throws IOException;
  }

  static Quality of(JudgedTexts texts, Ranker ranker) throws IOException {
    double ndcg = 0;
    double map = 0;
    double recall = 0;
    int queries = 0;
    for (Map.Entry<Long, String> query : texts.queries().entrySet()) {
      Set<Long> wanted = texts.relevant().getOrDefault(query.getKey(), Set.of());
      if (wanted.isEmpty()) {
        continue;
      }
      queries++;
      List<Long> ranked = ranker.rank(query.getValue());
      double gain = 0;
      double ideal = 0;
      for (int i = 0; i < 10; i++) {
        double discount = Math.log(2) / Math.log(i + 2);
        gain += i < ranked.size() && wanted.contains(ranked.get(i)) ? discount : 0;
        ideal += i < wanted.size() ? discount : 0;
      }
      double found = 0;
      double precision = 0;
      for (int i = 0; i < ranked.size(); i++) {
        if (wanted.contains(ranked.get(i))) {
          found++;
          precision += found / (i + 1);
        }
      }
      ndcg += gain / ideal;
      map += precision / wanted.size();
      recall +=
          (double) ranked.stream().limit(100).filter(wanted::contains).count() / wanted.size();
    }
    return new Quality(ndcg / queries, map / queries, recall / queries);
  }

  /** Whether all three are the same to three decimals. */
  boolean equals3(Quality other) {
    return Math.abs(ndcg10 - other.ndcg10) < 5e-4
        && Math.abs(map - other.map) < 5e-4
        && Math.abs(recall100 - other.recall100) < 5e-4;
  }

  /** Whether it is better both at the top and as a whole. */
  boolean beats(Quality other) {
    return ndcg10 > other.ndcg10 && map > other.map;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "nDCG@10 %.4f  MAP %.4f  recall@100 %.4f", ndcg10, map, recall100);
  }
}
