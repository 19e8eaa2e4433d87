package io.elacsym.engine.query;

import io.elacsym.api.index.TextStatistics;
import io.elacsym.engine.plugin.TextPlugin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics of terms over parts that analyse texts in different ways. A part that is small, as
 * what was written lately is, could not tell by itself how common a word is; so each analysis
 * counts what the others have of its terms. When two analyses make equally many terms of a query,
 * the terms at the same place come from the same word, and are counted as one: {@code running} of
 * one that keeps words as they are is the {@code run} of one that stems them. Otherwise a term is
 * counted where others have the very same one, which is less than there are of the word.
 */
final class JointStatistics {
  private JointStatistics() {}

  /**
   * The statistics for the terms of one analysis.
   *
   * @param terms of the query, by each analysis
   * @param own what the parts of each analysis have counted, at least for its own terms
   * @param comparable whether equally many terms come from the same words
   */
  static TextStatistics of(
      TextPlugin plugin,
      Map<TextPlugin, List<String>> terms,
      Map<TextPlugin, TextStatistics> own,
      boolean comparable) {
    TextStatistics sum = own.getOrDefault(plugin, TextStatistics.NONE);
    for (Map.Entry<TextPlugin, TextStatistics> other : own.entrySet()) {
      if (!other.getKey().equals(plugin)) {
        sum =
            sum.plus(
                translated(
                    terms.getOrDefault(other.getKey(), List.of()),
                    terms.getOrDefault(plugin, List.of()),
                    other.getValue(),
                    comparable));
      }
    }
    return sum;
  }

  private static TextStatistics translated(
      List<String> from, List<String> to, TextStatistics counted, boolean comparable) {
    Map<String, Long> frequencies = new HashMap<>();
    for (int i = 0; i < to.size(); i++) {
      String counterpart = comparable && from.size() == to.size() ? from.get(i) : to.get(i);
      // Of several places of one term the one with the most rows counts.
      frequencies.merge(to.get(i), counted.documentFrequency(counterpart), Math::max);
    }
    return new TextStatistics(counted.documents(), counted.totalTerms(), frequencies);
  }
}
