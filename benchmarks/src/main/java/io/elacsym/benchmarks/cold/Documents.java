package io.elacsym.benchmarks.cold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.benchmarks.data.DataFiles;
import io.elacsym.benchmarks.data.Dataset;
import io.elacsym.benchmarks.data.Query;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The documents of {@code bench data}, for an engine in this process. */
public final class Documents implements ColdData {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH = 1_000;

  private final DataFiles files;
  private final int count;

  /**
   * @param count how many, the first ones
   */
  public Documents(DataFiles files, int count) {
    this.files = files;
    this.count = count;
  }

  @Override
  public String description() {
    return "WordNet";
  }

  @Override
  public SequencedMap<String, List<QueryRequest>> queries() throws IOException {
    // Of the dataset only the queries are of use here.
    List<Query> glosses = Dataset.read(files, 1).glosses();
    SequencedMap<String, List<QueryRequest>> kinds = new LinkedHashMap<>();
    Kinds.all().forEach((name, kind) -> kinds.put(name, glosses.stream().map(kind).toList()));
    return kinds;
  }

  @Override
  public Schema schema() throws IOException {
    JsonNode declared = JSON.readTree(files.schema().toFile());
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    declared
        .path("attributes")
        .properties()
        .forEach(entry -> {
          JsonNode attribute = entry.getValue();
          attributes.put(
              entry.getKey(),
              new Attribute(
                  AttributeType.byId(attribute.path("type").asText()).orElseThrow(),
                  attribute.path("indexed").asBoolean(),
                  attribute.has("full_text")
                      ? Optional.of(TextAnalysis.DEFAULT)
                      : Optional.empty()));
        });
    VectorField vector =
        new VectorField(Schema.VECTOR, declared.path("vector_dim").asInt(), Metric.COSINE);
    return new Schema(List.of(vector), attributes);
  }

  @Override
  public void writeTo(Namespace namespace) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(files.documents())) {
      for (int written = 0; written < count; written += BATCH) {
        List<WriteOp> batch = new ArrayList<>(BATCH);
        for (int i = written; i < Math.min(count, written + BATCH); i++) {
          batch.add(
              new WriteOp.Upsert(document(JSON.readTree(lines.readLine()), namespace.schema())));
        }
        namespace.write(new WriteRequest(batch));
      }
    }
    namespace.compact();
  }

  private static Document document(JsonNode json, Schema schema) {
    JsonNode array = json.path("vector");
    float[] vector = new float[array.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = array.get(i).floatValue();
    }
    Map<String, Value> attributes = new HashMap<>();
    json.path("attributes")
        .properties()
        .forEach(entry -> {
          AttributeType type = schema.attribute(entry.getKey()).orElseThrow().type();
          attributes.put(entry.getKey(), value(entry.getValue(), type));
        });
    return new Document(
        DocId.of(json.path("id").asLong()), Map.of(Schema.VECTOR, vector), attributes);
  }

  private static Value value(JsonNode json, AttributeType type) {
    if (!type.isArray()) {
      return scalar(json, type.element());
    }
    List<Value.Scalar> elements = new ArrayList<>();
    json.forEach(element -> elements.add(scalar(element, type.element())));
    return new Value.Array(elements);
  }

  private static Value.Scalar scalar(JsonNode json, ElementType type) {
    return switch (type) {
      case STRING -> new Value.Text(json.asText());
      case INT -> new Value.Int(json.asLong());
      default ->
          throw new IllegalArgumentException(
              "`bench data` makes no attributes of type " + type.id());
    };
  }
}
