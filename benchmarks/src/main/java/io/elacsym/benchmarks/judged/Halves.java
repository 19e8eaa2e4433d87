package io.elacsym.benchmarks.judged;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.elacsym.benchmarks.measure.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How good hybrid queries are beside their halves, in one segment.
 *
 * @param text by the words alone
 * @param vector by the embeddings alone
 * @param both by both, joined as a server does when it is told nothing
 */
record Halves(Quality text, Quality vector, Quality both) {
  private static final int DIMENSION = 384;
  private static final int BATCH = 64;

  static Halves of(JudgedTexts texts, JudgedServer server) throws IOException {
    Map<Long, float[]> documents = embedded(texts.documents(), "embedding documents");
    Map<String, float[]> queries = new HashMap<>();
    embedded(texts.queries(), "embedding queries")
        .forEach((number, vector) -> queries.put(texts.queries().get(number), vector));
    try (JudgedNamespace namespace = server.createWithVectors("hybrid", DIMENSION)) {
      namespace.upsert(texts.documents(), documents);
      namespace.flush();
      namespace.requireState(1, 0);
      return new Halves(
          Quality.of(texts, query -> namespace.byText(query, States.DEPTH)),
          Quality.of(
              texts,
              query -> namespace.byVector(queries.getOrDefault(query, new float[0]), States.DEPTH)),
          Quality.of(
              texts,
              query ->
                  namespace.byBoth(
                      query, queries.getOrDefault(query, new float[0]), States.DEPTH)));
    }
  }

  private static Map<Long, float[]> embedded(Map<Long, String> texts, String what) {
    AllMiniLmL6V2QuantizedEmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
    Progress progress = new Progress(System.err, what, texts.size());
    List<Map.Entry<Long, String>> entries = List.copyOf(texts.entrySet());
    Map<Long, float[]> vectors = new HashMap<>();
    for (int from = 0; from < entries.size(); from += BATCH) {
      List<Map.Entry<Long, String>> batch =
          entries.subList(from, Math.min(entries.size(), from + BATCH));
      List<TextSegment> segments = new ArrayList<>();
      // In these collections a line ends where the page did.
      batch.forEach(
          text -> segments.add(TextSegment.from(text.getValue().strip().replaceAll("\\s+", " "))));
      var embeddings = model.embedAll(segments).content();
      for (int i = 0; i < batch.size(); i++) {
        vectors.put(batch.get(i).getKey(), embeddings.get(i).vector());
      }
      progress.add(batch.size());
    }
    return vectors;
  }
}
