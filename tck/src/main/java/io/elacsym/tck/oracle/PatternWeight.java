package io.elacsym.tck.oracle;

import io.elacsym.api.index.TermPattern;

/** What a term is worth to a {@link TermPattern}, by its letter. */
final class PatternWeight {
  private PatternWeight() {}

  /** 0 when the term is not meant. */
  static float of(TermPattern pattern, String term) {
    return switch (pattern) {
      case TermPattern.Prefix prefix -> term.startsWith(prefix.prefix()) ? 1 : 0;
      case TermPattern.Fuzzy fuzzy -> fuzzy(fuzzy, term);
    };
  }

  private static float fuzzy(TermPattern.Fuzzy fuzzy, String term) {
    int[] wanted = fuzzy.term().codePoints().toArray();
    int[] seen = term.codePoints().toArray();
    int exact = Math.min(fuzzy.exactPrefix(), wanted.length);
    for (int i = 0; i < exact; i++) {
      if (i >= seen.length || seen[i] != wanted[i]) {
        return 0;
      }
    }
    int edits = edits(wanted, seen, exact);
    return edits > fuzzy.edits()
        ? 0
        : edits == 0 ? 1 : Math.max(0, 1 - (float) edits / Math.min(wanted.length, seen.length));
  }

  /** Optimal string alignment behind a common beginning. */
  private static int edits(int[] a, int[] b, int from) {
    int[][] d = new int[a.length - from + 1][b.length - from + 1];
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < d[0].length; j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a[from + i - 1] == b[from + j - 1] ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a[from + i - 1] == b[from + j - 2]
            && a[from + i - 2] == b[from + j - 1]) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length - from][b.length - from];
  }
}
