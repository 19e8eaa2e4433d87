package io.elacsym.benchmarks.judged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/** One index of Lucene's own, with its analyzer of English. */
final class PlainLucene implements Quality.Ranker {
  private static final String FIELD = "text";

  private final EnglishAnalyzer analyzer = new EnglishAnalyzer();
  private final List<Long> numbers;
  private final IndexSearcher searcher;

  PlainLucene(SortedMap<Long, String> documents) throws IOException {
    this.numbers = List.copyOf(documents.keySet());
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer =
        new IndexWriter(
            directory, new IndexWriterConfig(analyzer).setMergePolicy(new LogDocMergePolicy()))) {
      for (String text : documents.values()) {
        Document document = new Document();
        document.add(new TextField(FIELD, text, Field.Store.NO));
        writer.addDocument(document);
      }
    }
    this.searcher = new IndexSearcher(DirectoryReader.open(directory));
    this.searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
  }

  @Override
  public List<Long> rank(String text) throws IOException {
    List<Long> ranked = new ArrayList<>();
    Query query = new QueryBuilder(analyzer).createBooleanQuery(FIELD, text);
    if (query != null) {
      for (ScoreDoc hit : searcher.search(query, States.DEPTH).scoreDocs) {
        ranked.add(numbers.get(hit.doc));
      }
    }
    return ranked;
  }
}
