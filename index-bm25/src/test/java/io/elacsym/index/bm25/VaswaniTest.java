package io.elacsym.index.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.tck.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/**
 * Relevance on the Vaswani collection (11,429 abstracts, 93 queries with judgements), whose data is
 * not part of the repository: the test runs where it lies beside the checkout.
 */
class VaswaniTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", ".")).resolve("../../shared/data/vaswani").normalize();
  private static final Pattern DOCUMENT =
      Pattern.compile("<DOCNO>(\\d+)</DOCNO>(.*?)</DOC>", Pattern.DOTALL);
  private static final Pattern QUERY =
      Pattern.compile("<num>(\\d+)</num><title>(.*?)</title>", Pattern.DOTALL);
  private static final int DEPTH = 1000;

  /** Mean normalised discounted cumulative gain of the first ten, and mean average precision. */
  record Quality(double ndcg10, double map) {}

  /** Ranked document numbers of a query. */
  @FunctionalInterface
  interface Ranker {
    List<Integer> rank(String query) throws IOException;
  }

  @Test
  void relevanceIsThatOfPlainLucene() throws IOException {
    assumeTrue(Files.isDirectory(DATA), () -> "skipped: no data at " + DATA);
    List<Integer> numbers = new ArrayList<>();
    Map<Integer, List<String>> rows = new TreeMap<>();
    parse(DOCUMENT, "doc-text.trec")
        .forEach((number, text) -> {
          rows.put(numbers.size(), List.of(text));
          numbers.add(number);
        });
    Map<Integer, String> queries = parse(QUERY, "query-text.trec");
    Map<Integer, Set<Integer>> relevant = judgements();
    assertThat(numbers).hasSize(11_429);
    assertThat(queries).hasSize(93);

    Quality ours;
    Corpus corpus = new Corpus(numbers.size(), rows);
    TextField field = new TextField("text", TextAnalysis.DEFAULT);
    TextAnalyzer analyzer = Corpus.PROVIDER.analyzer(field, TestContext.of(Corpus.PROVIDER));
    RowSet all = RowSet.all(corpus.size());
    try (TextIndexReader index = corpus.open(corpus.blob())) {
      ours =
          quality(
              queries,
              relevant,
              text -> {
                List<String> terms = analyzer.terms(text);
                TextQuery query = new TextQuery(terms, index.statistics(terms, all), DEPTH, all);
                return Arrays.stream(index.search(query).rows()).mapToObj(numbers::get).toList();
              });
    }
    Quality lucenes = quality(queries, relevant, lucene(rows, numbers, analyzer));
    System.out.printf(
        "vaswani, english, k1 1.2, b 0.75: nDCG@10 %.4f, MAP %.4f; plain Lucene %.4f, %.4f%n",
        ours.ndcg10, ours.map, lucenes.ndcg10, lucenes.map);
    assertThat(ours.ndcg10).isCloseTo(lucenes.ndcg10, within(1e-6));
    assertThat(ours.map).isCloseTo(lucenes.map, within(1e-6));
  }

  private static Ranker lucene(
      Map<Integer, List<String>> rows, List<Integer> numbers, TextAnalyzer analyzer)
      throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    IndexWriterConfig config =
        new IndexWriterConfig(new EnglishAnalyzer()).setMergePolicy(new LogDocMergePolicy());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (List<String> text : rows.values()) {
        Document document = new Document();
        document.add(
            new org.apache.lucene.document.TextField("f", text.getFirst(), Field.Store.NO));
        writer.addDocument(document);
      }
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    return text -> {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (String term : analyzer.terms(text)) {
        any.add(new TermQuery(new Term("f", term)), BooleanClause.Occur.SHOULD);
      }
      List<Integer> ranked = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(any.build(), DEPTH).scoreDocs) {
        ranked.add(numbers.get(hit.doc));
      }
      return ranked;
    };
  }

  private static Quality quality(
      Map<Integer, String> queries, Map<Integer, Set<Integer>> relevant, Ranker ranker)
      throws IOException {
    double ndcg = 0;
    double map = 0;
    for (Map.Entry<Integer, String> query : queries.entrySet()) {
      Set<Integer> wanted = relevant.getOrDefault(query.getKey(), Set.of());
      List<Integer> ranked = ranker.rank(query.getValue());
      double gain = 0;
      double ideal = 0;
      for (int i = 0; i < 10; i++) {
        double discount = 1 / (Math.log(i + 2) / Math.log(2));
        gain += i < ranked.size() && wanted.contains(ranked.get(i)) ? discount : 0;
        ideal += i < wanted.size() ? discount : 0;
      }
      int found = 0;
      double precision = 0;
      for (int i = 0; i < ranked.size(); i++) {
        if (wanted.contains(ranked.get(i))) {
          found++;
          precision += (double) found / (i + 1);
        }
      }
      ndcg += gain / ideal;
      map += precision / wanted.size();
    }
    return new Quality(ndcg / queries.size(), map / queries.size());
  }

  private static Map<Integer, String> parse(Pattern pattern, String file) throws IOException {
    Map<Integer, String> texts = new TreeMap<>();
    Matcher matcher =
        pattern.matcher(Files.readString(DATA.resolve(file), StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      texts.put(Integer.valueOf(matcher.group(1)), matcher.group(2));
    }
    return texts;
  }

  private static Map<Integer, Set<Integer>> judgements() throws IOException {
    Map<Integer, Set<Integer>> relevant = new HashMap<>();
    for (String line : Files.readAllLines(DATA.resolve("qrels"), StandardCharsets.ISO_8859_1)) {
      String[] parts = line.trim().split("\\s+");
      if (parts.length == 4 && !parts[3].equals("0")) {
        relevant
            .computeIfAbsent(Integer.valueOf(parts[0]), query -> new HashSet<>())
            .add(Integer.valueOf(parts[2]));
      }
    }
    return relevant;
  }
}
