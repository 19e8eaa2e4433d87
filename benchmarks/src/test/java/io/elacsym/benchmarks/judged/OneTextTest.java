package io.elacsym.benchmarks.judged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextTokenizer;
import io.elacsym.benchmarks.measure.OwnEngine;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fields ranked as one text, over segments and the live buffer, with documents replaced and
 * deleted, beside Lucene's {@code CombinedFieldQuery} over one index of the documents that are
 * left: the same documents with the same scores, to one part in 100,000.
 */
class OneTextTest {
  private static final TextAnalysis WORDS =
      new TextAnalysis(
          "english", new TextTokenizer.Whitespace(), false, false, false, false, 255, 1.2, 0.75);
  private static final int DOCUMENTS = 400;
  private static final int VOCABULARY = 120;

  private final long seed = Seed.current();
  private final Random random = new Random(seed);
  private final TreeMap<Long, Map<String, String>> documents = new TreeMap<>();

  @TempDir Path folder;

  private String word() {
    return "w" + (int) (Math.pow(random.nextDouble(), 2) * VOCABULARY);
  }

  private String words(int count) {
    return Stream.generate(this::word).limit(count).collect(Collectors.joining(" "));
  }

  private void write(Namespace namespace) {
    long id = random.nextInt(DOCUMENTS);
    if (random.nextInt(8) == 0) {
      documents.remove(id);
      namespace.write(new WriteRequest(List.of(new WriteOp.Delete(DocId.of(id)))));
      return;
    }
    Map<String, String> texts = new TreeMap<>();
    if (random.nextInt(6) > 0) {
      texts.put("title", words(1 + random.nextInt(8)));
    }
    if (random.nextInt(6) > 0) {
      // Long enough that lengths are rounded, those of each field and their sum.
      texts.put("body", words(1 + random.nextInt(150)));
    }
    documents.put(id, texts);
    Map<String, Value> values = new TreeMap<>();
    texts.forEach((field, text) -> values.put(field, Value.of(text)));
    // A document without vectors is updated, and would keep the field that it has not now.
    namespace.write(new WriteRequest(List.of(new WriteOp.Delete(DocId.of(id)))));
    namespace.write(
        new WriteRequest(
            List.of(new WriteOp.Upsert(new Document(DocId.of(id), Map.of(), values)))));
  }

  @Test
  void fieldsAsOneTextScoreAsLuceneScoresThem() throws IOException {
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("title", Attribute.fullText(WORDS));
    attributes.put("body", Attribute.fullText(WORDS));
    try (Engine engine = OwnEngine.quiet(folder)) {
      Namespace namespace = engine.create("texts", new Schema(List.of(), attributes));
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 200; i++) {
          write(namespace);
        }
        if (round < 3) {
          namespace.flush();
        }
      }
      List<Long> ids = new ArrayList<>();
      IndexSearcher lucene = lucene(ids);
      for (int i = 0; i < 100; i++) {
        compare(namespace, lucene, ids);
      }
    }
  }

  private void compare(Namespace namespace, IndexSearcher lucene, List<Long> ids)
      throws IOException {
    String query = words(1 + random.nextInt(4));
    float weight = 1 + random.nextInt(4) / 2f;
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String term : query.split(" ", -1)) {
      any.add(
          new CombinedFieldQuery.Builder(term).addField("title", weight).addField("body").build(),
          Occur.SHOULD);
    }
    Map<Long, Float> expected = new TreeMap<>();
    for (ScoreDoc hit : lucene.search(any.build(), DOCUMENTS).scoreDocs) {
      expected.put(ids.get(hit.doc), hit.score);
    }
    List<Hit> hits =
        namespace
            .query(
                QueryRequest.of(
                        new Ranking.Bm25(
                            List.of(
                                new Ranking.WeightedField("title", weight),
                                new Ranking.WeightedField("body", 1)),
                            TextExpression.words(query),
                            new Ranking.Combining.OneText()))
                    .withTopK(DOCUMENTS)
                    .withProjection(Projection.IDS))
            .hits();
    Map<Long, Double> seen = new TreeMap<>();
    hits.forEach(hit -> seen.put(Long.valueOf(hit.document().id().toString()), hit.score()));
    String what = "seed " + seed + ": " + query + ", title " + weight;
    assertThat(seen.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach((id, score) ->
        assertThat(seen.get(id))
            .as(what + ", document " + id + " " + documents.get(id))
            .isCloseTo(score, within(1e-5 * score)));
  }

  private IndexSearcher lucene(List<Long> ids) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig(new WhitespaceAnalyzer())
                .setMergePolicy(new LogDocMergePolicy()))) {
      for (Map.Entry<Long, Map<String, String>> entry : documents.entrySet()) {
        org.apache.lucene.document.Document document = new org.apache.lucene.document.Document();
        entry
            .getValue()
            .forEach((field, text) -> document.add(new TextField(field, text, Field.Store.NO)));
        writer.addDocument(document);
        ids.add(entry.getKey());
      }
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    return searcher;
  }
}
