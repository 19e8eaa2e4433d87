package io.elacsym.benchmarks.judged;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.benchmarks.measure.OwnEngine;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same documents in a namespace, in the states in which one may be. */
final class States {
  /** How many documents are ranked for each query. */
  static final int DEPTH = 1_000;

  private static final String TEXT = "text";
  private static final int BATCH = 500;

  private final JudgedTexts texts;
  private final Path folder;

  States(JudgedTexts texts, Path folder) {
    this.texts = texts;
    this.folder = folder;
  }

  /** What brings the documents into a namespace. */
  private interface Filling {
    void fill(Namespace namespace);
  }

  /** The quality of each state, by its name. */
  Map<String, Quality> qualities() throws IOException {
    List<Long> numbers = List.copyOf(texts.documents().keySet());
    Map<String, Quality> qualities = new LinkedHashMap<>();
    try (Engine engine = open(folder)) {
      qualities.put(
          "one segment",
          quality(
              engine,
              "one",
              namespace -> {
                write(namespace, numbers, false);
                namespace.flush();
              }));
      qualities.put(
          "many segments",
          quality(
              engine,
              "many",
              namespace -> {
                for (List<Long> part : parts(numbers, 8)) {
                  write(namespace, part, false);
                  namespace.flush();
                }
              }));
      qualities.put(
          "after updates and deletes", quality(engine, "updated", ns -> update(ns, numbers)));
      qualities.put(
          "part in the live buffer",
          quality(
              engine,
              "live",
              namespace -> {
                List<List<Long>> parts = parts(numbers, 4);
                for (List<Long> part : parts.subList(0, 2)) {
                  write(namespace, part, false);
                  namespace.flush();
                }
                parts.subList(2, 4).forEach(part -> write(namespace, part, false));
              }));
    }
    return qualities;
  }

  /** Every second document has another text at first, and as many again are deleted. */
  private void update(Namespace namespace, List<Long> numbers) {
    List<Long> wrong = numbers.stream().filter(number -> number % 2 == 0).toList();
    List<Long> more = numbers.stream().map(number -> number + 1_000_000).toList();
    write(namespace, wrong, true);
    namespace.flush();
    write(namespace, more, true);
    namespace.flush();
    for (List<Long> part : parts(numbers, 3)) {
      write(namespace, part, false);
      namespace.flush();
    }
    for (List<Long> part : parts(more, 1 + more.size() / BATCH)) {
      namespace.write(
          new WriteRequest(
              part.stream().<WriteOp>map(n -> new WriteOp.Delete(DocId.of(n))).toList()));
    }
  }

  /** Merges nothing by itself, and has no cache on the disk. */
  static Engine open(Path folder) {
    return OwnEngine.open(
        Map.of(
            "storage.local.root_path", folder.toString(),
            "write.flush_age", "1h",
            "compaction.enabled", "false",
            "cache.disk_size", "0"));
  }

  private Quality quality(Engine engine, String name, Filling filling) throws IOException {
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put(TEXT, Attribute.fullText(TextAnalysis.DEFAULT));
    Namespace namespace = engine.create(name, new Schema(List.of(), attributes));
    filling.fill(namespace);
    return Quality.of(texts, query -> rank(namespace, query));
  }

  private static List<Long> rank(Namespace namespace, String query) {
    return namespace
        .query(
            QueryRequest.of(new Ranking.Bm25(List.of(new Ranking.WeightedField(TEXT, 1)), query))
                .withTopK(DEPTH)
                .withProjection(Projection.IDS))
        .hits()
        .stream()
        .map(hit -> Long.valueOf(hit.document().id().toString()))
        .toList();
  }

  private static List<List<Long>> parts(List<Long> numbers, int count) {
    List<List<Long>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int now = i;
      parts.add(numbers.stream().filter(number -> number % count == now).toList());
    }
    return parts;
  }

  /**
   * @param wrong whether each has other words, too, which it must not have in the end
   */
  private void write(Namespace namespace, List<Long> numbers, boolean wrong) {
    for (int from = 0; from < numbers.size(); from += BATCH) {
      List<WriteOp> ops = new ArrayList<>();
      for (long number : numbers.subList(from, Math.min(numbers.size(), from + BATCH))) {
        String text = texts.documents().getOrDefault(number % 1_000_000, "");
        ops.add(
            new WriteOp.Upsert(
                new Document(
                    DocId.of(number),
                    Map.of(),
                    Map.of(TEXT, Value.of(wrong ? "other " + text + " other" : text)))));
      }
      namespace.write(new WriteRequest(ops));
    }
  }
}
