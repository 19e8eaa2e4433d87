package io.elacsym.index.bm25.search;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Turns the clauses of a search into Lucene's queries. */
record Clauses(TextStatistics statistics) {
  /**
   * How many terms one query may have. The host bounds queries; Lucene's own bound, of which this
   * plugin has a copy for itself, is lower.
   */
  private static final int MOST_CLAUSES = 1 << 16;

  static {
    IndexSearcher.setMaxClauseCount(MOST_CLAUSES);
  }

  Query query(TextClause clause) {
    return switch (clause) {
      case TextClause.Term term -> term(term.term());
      case TextClause.Phrase phrase -> phrase(phrase);
      case TextClause.Forms forms -> forms(forms);
      case TextClause.Weighted weighted ->
          new BoostQuery(query(weighted.clause()), weighted.weight());
      case TextClause.Group group -> group(group);
    };
  }

  /** Whether positions are needed. */
  static boolean hasPhrase(TextClause clause) {
    return switch (clause) {
      case TextClause.Term term -> false;
      case TextClause.Forms forms -> false;
      case TextClause.Phrase phrase -> true;
      case TextClause.Weighted weighted -> hasPhrase(weighted.clause());
      case TextClause.Group group ->
          group.required().stream().anyMatch(Clauses::hasPhrase)
              || group.optional().stream().anyMatch(Clauses::hasPhrase)
              || group.excluded().stream().anyMatch(Clauses::hasPhrase);
    };
  }

  private static Query term(String term) {
    return new TermQuery(new Term(TextData.FIELD, term));
  }

  private static Query phrase(TextClause.Phrase phrase) {
    PhraseQuery.Builder query = new PhraseQuery.Builder().setSlop(phrase.slop());
    phrase
        .placed()
        .forEach(placed -> query.add(new Term(TextData.FIELD, placed.term()), placed.position()));
    return query.build();
  }

  private Query forms(TextClause.Forms forms) {
    long most = forms.terms().mapToLong(statistics::documentFrequency).max().orElse(0);
    Map<String, Long> frequencies = new HashMap<>();
    forms.terms().forEach(term -> frequencies.put(term, most));
    TextStatistics common =
        new TextStatistics(statistics.documents(), statistics.totalTerms(), frequencies);
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (WeightedTerm form : forms.forms()) {
      Query query = new CountedQuery(term(form.term()), GlobalStatistics.of(common));
      any.add(form.weight() == 1 ? query : new BoostQuery(query, form.weight()), Occur.SHOULD);
    }
    return any.build();
  }

  private Query group(TextClause.Group group) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    group.required().forEach(clause -> query.add(query(clause), Occur.MUST));
    addOptional(group, query);
    group.excluded().forEach(clause -> query.add(query(clause), Occur.MUST_NOT));
    // One of several is what Lucene asks for by itself, and it is faster when it is not told.
    if (group.minimum() > 1 || !group.required().isEmpty()) {
      query.setMinimumNumberShouldMatch(group.minimum());
    }
    return query.build();
  }

  /** A repeated term is one clause that counts several times, unless each has to be counted. */
  private void addOptional(TextClause.Group group, BooleanQuery.Builder query) {
    if (group.minimum() > 1) {
      group.optional().forEach(clause -> query.add(query(clause), Occur.SHOULD));
      return;
    }
    Map<TextClause, Integer> repeats = new HashMap<>();
    group.optional().forEach(clause -> repeats.merge(clause, 1, Integer::sum));
    repeats.forEach((clause, times) -> {
      Query once = query(clause);
      query.add(times == 1 ? once : new BoostQuery(once, times), Occur.SHOULD);
    });
  }
}
