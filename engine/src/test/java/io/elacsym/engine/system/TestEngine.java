package io.elacsym.engine.system;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.reference.PlainTextIndex;
import io.elacsym.tck.reference.PlainVectorIndex;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Engines over a given storage, with the slow and obvious parts of the tck; see {@link
 * FormatUnderTest}.
 */
public final class TestEngine {
  /** Nothing happens unless a test asks for it. */
  private static final Map<String, String> QUIET =
      Map.of(
          "storage.backend", "given",
          "segment.format", FormatUnderTest.provider().name(),
          "index.vector", new PlainVectorIndex().name(),
          "index.text", new PlainTextIndex().name(),
          "cache.disk_size", "0",
          "write.flush_age", "1h",
          "write.linger", "0ms",
          "compaction.enabled", "false");

  private TestEngine() {}

  static Engine open(Storage storage) {
    return open(storage, Map.of());
  }

  static Engine open(Storage storage, Map<String, String> more) {
    return open(storage, more, Seams.real());
  }

  public static Engine open(Storage storage, Map<String, String> more, Seams seams) {
    return open(storage, more, seams, new PlainTextIndex());
  }

  static Engine open(
      Storage storage, Map<String, String> more, Seams seams, TextIndexProvider textIndex) {
    return open(
        storage, more, seams, FormatUnderTest.provider(), textIndex, new TunedVectorIndex());
  }

  static Engine open(
      Storage storage, Map<String, String> more, Seams seams, SegmentFormatProvider format) {
    return open(storage, more, seams, format, new PlainTextIndex(), new TunedVectorIndex());
  }

  /** With {@code index.vector} a second vector index can be chosen, {@code tuned}. */
  static Engine open(
      Storage storage, Map<String, String> more, Seams seams, VectorIndexProvider second) {
    return open(storage, more, seams, FormatUnderTest.provider(), new PlainTextIndex(), second);
  }

  private static Engine open(
      Storage storage,
      Map<String, String> more,
      Seams seams,
      SegmentFormatProvider format,
      TextIndexProvider textIndex,
      VectorIndexProvider second) {
    Map<String, String> values = new HashMap<>(QUIET);
    values.putAll(more);
    Providers providers =
        new Providers(
            List.of(new GivenStorageProvider("given", () -> storage)),
            List.of(format),
            List.of(new PlainVectorIndex(), second),
            List.of(textIndex));
    return Engine.open(EngineSettings.of(values), providers, seams);
  }

  /** Two vector components, an indexed and a plain attribute, two texts. */
  static Schema schema() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("year", Attribute.indexed(AttributeType.INT));
    attributes.put("price", Attribute.of(AttributeType.FLOAT));
    attributes.put("tags", Attribute.indexed(AttributeType.arrayOf(ElementType.STRING)));
    attributes.put("title", Attribute.fullText(TextAnalysis.DEFAULT));
    attributes.put("body", Attribute.fullText(TextAnalysis.DEFAULT));
    return new Schema(List.of(new VectorField(Schema.VECTOR, 2, Metric.L2)), attributes);
  }

  /** How the names of the objects go on, behind the segment, that are indexes of a field. */
  static String indexName(String field) {
    return "/" + schema().number(field) + ".";
  }

  /** The first of these objects that is an index of a field. */
  static String indexOf(String field, List<String> objects) {
    return objects.stream()
        .filter(object -> object.contains(indexName(field)))
        .findFirst()
        .orElseThrow();
  }

  static Document document(long id, float x, float y, Map<String, Value> attributes) {
    return new Document(DocId.of(id), Map.of(Schema.VECTOR, new float[] {x, y}), attributes);
  }

  static Document document(long id, String title) {
    return document(id, (float) id, 0, Map.of("title", Value.of(title)));
  }

  static WriteRequest upsert(Document... documents) {
    return new WriteRequest(List.of(documents).stream().<WriteOp>map(WriteOp.Upsert::new).toList());
  }

  static WriteRequest delete(long id) {
    return new WriteRequest(List.of(new WriteOp.Delete(DocId.of(id))));
  }

  static QueryRequest query(Ranking ranking, Optional<Filter> filter, int topK) {
    return QueryRequest.of(ranking)
        .withFilter(filter)
        .withTopK(topK)
        .withProjection(Projection.ALL);
  }

  static Ranking nearest(float x, float y) {
    return new Ranking.Nearest(Schema.VECTOR, new float[] {x, y}, 1.0, OptionalInt.empty());
  }

  static Ranking text(String query, String... fields) {
    return new Ranking.Bm25(
        List.of(fields).stream().map(field -> new Ranking.WeightedField(field, 1)).toList(), query);
  }
}
