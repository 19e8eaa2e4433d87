package io.elacsym.benchmarks.texts;

import io.elacsym.engine.model.Expansion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/** One segment of Lucene's own, mapped into memory, with its analyzer of English. */
final class LuceneRanker implements Ranker {
  private static final String TEXT = "text";

  private final QueryBuilder queries;
  private final MMapDirectory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  LuceneRanker(List<String> texts, Path folder) throws IOException {
    EnglishAnalyzer analyzer = new EnglishAnalyzer();
    this.queries = new QueryBuilder(analyzer);
    this.directory = new MMapDirectory(folder);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (String text : texts) {
        Document document = new Document();
        document.add(new TextField(TEXT, text, Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    this.reader = DirectoryReader.open(directory);
    this.searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    // The same query comes again in each round.
    searcher.setQueryCache(null);
  }

  @Override
  public double[] best(Asked asked) throws IOException {
    Query query =
        switch (asked.kind()) {
          case ONE_WORD, SEVERAL_WORDS -> queries.createBooleanQuery(TEXT, asked.text());
          case PHRASE -> queries.createPhraseQuery(TEXT, asked.text());
          case PREFIX ->
              new PrefixQuery(
                  new Term(TEXT, asked.text().toLowerCase(Locale.ROOT)),
                  new MultiTermQuery.TopTermsBlendedFreqScoringRewrite(Expansion.DEFAULT));
        };
    // Nothing is left of a query of stop words.
    return query == null
        ? new double[0]
        : Arrays.stream(searcher.search(query, TOP).scoreDocs)
            .mapToDouble(hit -> hit.score)
            .toArray();
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
