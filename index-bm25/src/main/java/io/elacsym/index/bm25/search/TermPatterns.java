package io.elacsym.index.bm25.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.WeightedTerm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;

/**
 * Lists the terms of a {@link TextData} that a pattern means, with the weights that Lucene's {@code
 * FuzzyQuery} gives them. Safe for use by many threads.
 */
public final class TermPatterns {
  private static final int TERMS_BETWEEN_CHECKS = 1 << 10;

  private final TextData data;
  private final Runnable checkCancelled;

  /**
   * @param checkCancelled throws when the listing should end
   */
  public TermPatterns(TextData data, Runnable checkCancelled) {
    this.data = data;
    this.checkCancelled = checkCancelled;
  }

  /** The next terms by falling weight, live or not; none at the end. */
  @FunctionalInterface
  private interface Candidates {
    List<WeightedTerm> next(int count) throws IOException;
  }

  /** The best {@code limit} terms that a live row has. */
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) throws IOException {
    data.fetchTerms();
    Terms all = data.terms(live.rowCount());
    if (all == null) {
      return List.of();
    }
    Candidates candidates =
        switch (pattern) {
          case TermPattern.Prefix prefix -> beginning(all, prefix);
          case TermPattern.Fuzzy fuzzy -> similar(all, fuzzy);
        };
    List<WeightedTerm> kept = new ArrayList<>();
    while (kept.size() < limit) {
      List<WeightedTerm> next = candidates.next(limit - kept.size());
      if (next.isEmpty()) {
        break;
      }
      keepLive(next, all, live, kept);
    }
    return kept;
  }

  private void keepLive(List<WeightedTerm> terms, Terms all, RowSet live, List<WeightedTerm> kept)
      throws IOException {
    if (!live.isAll()) {
      data.fetch(terms.stream().map(WeightedTerm::term).toList(), TextData.Need.SCORES);
    }
    TermsEnum lookup = all.iterator();
    for (WeightedTerm term : terms) {
      checkCancelled.run();
      if (lookup.seekExact(new BytesRef(term.term())) && hasLive(lookup, live)) {
        kept.add(term);
      }
    }
  }

  private static boolean hasLive(TermsEnum term, RowSet live) throws IOException {
    if (live.isAll()) {
      return term.docFreq() > 0;
    }
    PostingsEnum postings = term.postings(null, PostingsEnum.NONE);
    int row = postings.nextDoc();
    while (row != DocIdSetIterator.NO_MORE_DOCS && !live.contains(row)) {
      row = postings.nextDoc();
    }
    return row != DocIdSetIterator.NO_MORE_DOCS;
  }

  /** Terms come in the order in which they are wanted, so no more are read than are. */
  private Candidates beginning(Terms all, TermPattern.Prefix prefix) throws IOException {
    CompiledAutomaton automaton =
        new CompiledAutomaton(
            PrefixQuery.toAutomaton(new BytesRef(prefix.prefix())), false, false, true);
    TermsEnum found = all.intersect(automaton, null);
    // Lucene does not say what comes behind the end.
    boolean[] ended = {false};
    return count -> {
      List<WeightedTerm> next = new ArrayList<>();
      while (next.size() < count && !ended[0]) {
        BytesRef term = found.next();
        if (term == null) {
          ended[0] = true;
        } else {
          next.add(new WeightedTerm(term.utf8ToString(), 1));
        }
      }
      return next;
    };
  }

  private Candidates similar(Terms all, TermPattern.Fuzzy fuzzy) throws IOException {
    int[] codePoints = fuzzy.term().codePoints().toArray();
    List<CompiledAutomaton> byEdits = automata(codePoints, fuzzy);
    List<WeightedTerm> found = new ArrayList<>();
    TermsEnum terms = all.intersect(byEdits.getLast(), null);
    int seen = 0;
    for (BytesRef term = terms.next(); term != null; term = terms.next()) {
      if (++seen % TERMS_BETWEEN_CHECKS == 0) {
        checkCancelled.run();
      }
      int edits = edits(byEdits, term);
      int shorter = Math.min(UnicodeUtil.codePointCount(term), codePoints.length);
      float weight = edits == 0 ? 1 : 1 - (float) edits / shorter;
      if (weight > 0) {
        found.add(new WeightedTerm(term.utf8ToString(), weight));
      }
    }
    // Terms came in ascending order, and the sort is stable.
    found.sort(Comparator.comparingDouble(WeightedTerm::weight).reversed());
    int[] given = {0};
    return count -> {
      int from = given[0];
      given[0] = Math.min(found.size(), from + count);
      return found.subList(from, given[0]);
    };
  }

  private static int edits(List<CompiledAutomaton> byEdits, BytesRef term) {
    int edits = byEdits.size() - 1;
    while (edits > 0
        && byEdits.get(edits - 1).runAutomaton.run(term.bytes, term.offset, term.length)) {
      edits--;
    }
    return edits;
  }

  /** For each number of edits from 0 what accepts the terms within them. */
  private static List<CompiledAutomaton> automata(int[] codePoints, TermPattern.Fuzzy fuzzy) {
    int exact = Math.min(fuzzy.exactPrefix(), codePoints.length);
    int[] rest = IntStream.of(codePoints).skip(exact).toArray();
    LevenshteinAutomata automata = new LevenshteinAutomata(rest, Character.MAX_CODE_POINT, true);
    String prefix = UnicodeUtil.newString(codePoints, 0, exact);
    return IntStream.rangeClosed(0, fuzzy.edits())
        .mapToObj(edits -> new CompiledAutomaton(automata.toAutomaton(edits, prefix), true, false))
        .toList();
  }
}
