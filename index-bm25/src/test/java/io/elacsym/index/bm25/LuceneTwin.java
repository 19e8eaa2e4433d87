package io.elacsym.index.bm25;

import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextIndexWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Plain Lucene, one index over rows of words between white space. */
final class LuceneTwin {
  private static final String FIELD = "f";

  private final IndexSearcher searcher;
  private final List<Integer> rows;

  LuceneTwin(SortedMap<Integer, List<String>> texts) throws IOException {
    Analyzer words =
        new Analyzer() {
          @Override
          protected TokenStreamComponents createComponents(String field) {
            return new TokenStreamComponents(new WhitespaceTokenizer());
          }

          @Override
          public int getPositionIncrementGap(String field) {
            return TextIndexWriter.GAP;
          }
        };
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer =
        new IndexWriter(
            directory, new IndexWriterConfig(words).setMergePolicy(new LogDocMergePolicy()))) {
      for (List<String> values : texts.values()) {
        Document document = new Document();
        values.forEach(value -> document.add(new TextField(FIELD, value, Field.Store.NO)));
        writer.addDocument(document);
      }
    }
    this.rows = List.copyOf(texts.keySet());
    this.searcher = new IndexSearcher(DirectoryReader.open(directory));
    this.searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
  }

  /** Scores of all rows that are found. */
  Map<Integer, Float> scores(Query query) throws IOException {
    Map<Integer, Float> scores = new TreeMap<>();
    for (ScoreDoc hit : searcher.search(query, Math.max(1, rows.size())).scoreDocs) {
      scores.put(rows.get(hit.doc), hit.score);
    }
    return scores;
  }

  static Query pattern(TermPattern pattern, int limit) {
    return switch (pattern) {
      case TermPattern.Prefix prefix ->
          new PrefixQuery(
              new Term(FIELD, prefix.prefix()),
              new MultiTermQuery.TopTermsBlendedFreqScoringRewrite(limit));
      case TermPattern.Fuzzy fuzzy ->
          new FuzzyQuery(
              new Term(FIELD, fuzzy.term()), fuzzy.edits(), fuzzy.exactPrefix(), limit, true);
    };
  }

  /** Without forms, which plain Lucene makes of patterns by itself. */
  static Query query(TextClause clause) {
    return switch (clause) {
      case TextClause.Term term -> new TermQuery(new Term(FIELD, term.term()));
      case TextClause.Phrase phrase -> {
        PhraseQuery.Builder query = new PhraseQuery.Builder().setSlop(phrase.slop());
        phrase.placed().forEach(p -> query.add(new Term(FIELD, p.term()), p.position()));
        yield query.build();
      }
      case TextClause.Weighted weighted ->
          new BoostQuery(query(weighted.clause()), weighted.weight());
      case TextClause.Forms forms ->
          throw new IllegalArgumentException("of which pattern are " + forms);
      case TextClause.Group group -> {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        group.required().forEach(part -> query.add(query(part), Occur.MUST));
        group.optional().forEach(part -> query.add(query(part), Occur.SHOULD));
        group.excluded().forEach(part -> query.add(query(part), Occur.MUST_NOT));
        query.setMinimumNumberShouldMatch(group.minimum());
        yield query.build();
      }
    };
  }
}
