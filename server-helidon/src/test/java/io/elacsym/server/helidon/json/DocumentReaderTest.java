package io.elacsym.server.helidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.tck.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {
  private static final Schema VECTORS = schema(3);
  private static final Schema PLAIN = schema(0);

  /** One attribute of every type, named after it. */
  private static Schema schema(int dimension) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (AttributeType type : AttributeType.values()) {
      attributes.put(type.id(), Attribute.of(type));
    }
    List<VectorField> vectors =
        dimension == 0
            ? List.of()
            : List.of(new VectorField(Schema.VECTOR, dimension, Metric.COSINE));
    return new Schema(vectors, attributes);
  }

  private static WriteOp read(Schema schema, String json) {
    return new DocumentReader(schema).read(json, "line 7");
  }

  private static Value value(String attribute, String json) {
    WriteOp op = read(PLAIN, "{\"id\":1,\"attributes\":{\"" + attribute + "\":" + json + "}}");
    return Objects.requireNonNull(((WriteOp.Upsert) op).document().attributes().get(attribute));
  }

  private static void refused(String attribute, String json, String part) {
    assertThatThrownBy(() -> value(attribute, json))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("line 7.attributes." + attribute)
        .hasMessageContaining(part);
  }

  @Test
  void withAVectorItIsAnUpsertAndWithoutAPatch() {
    WriteOp upsert =
        read(VECTORS, "{\"id\":1,\"vector\":[1,2,3],\"attributes\":{\"int\":5,\"string\":null}}");
    assertThat(upsert)
        .isInstanceOfSatisfying(
            WriteOp.Upsert.class,
            op -> {
              assertThat(op.document().vectors().get("vector")).containsExactly(1f, 2f, 3f);
              assertThat(op.document().attributes()).isEqualTo(Map.of("int", Value.of(5)));
            });
    assertThat(read(VECTORS, "{\"id\":\"a\",\"attributes\":{\"int\":5,\"string\":null}}"))
        .isEqualTo(
            new WriteOp.Patch(
                DocId.of("a"), Map.of(), Map.of("int", Value.of(5)), Set.of("string")));
  }

  @Test
  void inANamespaceWithoutVectorsEveryDocumentIsAnUpsert() {
    assertThat(read(PLAIN, "{\"id\":1}"))
        .isEqualTo(new WriteOp.Upsert(new Document(DocId.of(1), Map.of(), Map.of())));
  }

  @Test
  void keysMayComeInAnyOrder() {
    assertThat(read(VECTORS, "{\"attributes\":{},\"vector\":[0,0,1],\"id\":9}"))
        .isInstanceOfSatisfying(
            WriteOp.Upsert.class, op -> assertThat(op.document().id()).isEqualTo(DocId.of(9)));
  }

  @Test
  void literalsBecomeTheAttributesType() {
    assertThat(value("float", "3")).isEqualTo(Value.of(3.0));
    assertThat(value("float", "1e-3")).isEqualTo(Value.of(0.001));
    assertThat(value("int", "-5")).isEqualTo(Value.of(-5));
    assertThat(value("uint", "18446744073709551615")).isEqualTo(new Value.Uint(-1));
    assertThat(value("datetime", "\"2024-01-01T02:00:00+02:00\""))
        .isEqualTo(new Value.DateTime(1_704_067_200_000L));
    assertThat(value("datetime", "-1")).isEqualTo(new Value.DateTime(-1));
    assertThat(value("array_float", "[1,2.5]"))
        .isEqualTo(new Value.Array(List.of(new Value.Real(1), new Value.Real(2.5))));
    assertThat(value("array_bool", "[]")).isEqualTo(new Value.Array(List.of()));
  }

  @Test
  void wrongLiteralsAreRefused() {
    refused("int", "1.0", "is 1.0, expected int");
    refused("int", "true", "is true, expected int");
    refused("uint", "-1", "is -1, expected uint");
    refused("float", "NaN", "is NaN, expected float");
    refused("float", "1e999", "expected float");
    refused("float", "\"1\"", "expected float");
    refused("bool", "0", "expected bool");
    refused("bool", "\"true\"", "expected bool");
    refused("string", "{}", "is an object, expected string");
    refused("datetime", "\"2024-01-01\"", "expected datetime");
    refused("datetime", "\"2024-01-01T00:00:00\"", "expected datetime");
    refused("datetime", "1.5", "expected datetime");
    refused("uuid", "\"1-1-1-1-1\"", "expected uuid");
    refused("array_int", "[1,null]", "[1] is null, expected int");
    refused("array_int", "[[1]]", "[0] is an array");
    refused("array_int", "{}", "is an object, expected an array of int");
  }

  @Test
  void errorsNameTheGivenPlace() {
    assertThatThrownBy(() -> read(PLAIN, "{\"id\":"))
        .hasMessageStartingWith("line 7: malformed JSON");
    assertThatThrownBy(() -> read(PLAIN, "{}")).hasMessageStartingWith("line 7.id is missing");
  }

  @Test
  void aRequestIsReadInOrder() throws IOException {
    String json = "{\"documents\":[{\"id\":2},{\"id\":1},{\"id\":2}]}";
    assertThat(
            new DocumentReader(PLAIN)
                .readAll(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
        .extracting(op -> ((WriteOp.Upsert) op).document().id().toString())
        .containsExactly("2", "1", "2");
  }

  @Test
  void whatIsWrittenReadsBackTheSame() {
    Random random = new Random(Seed.current());
    DocumentReader reader = new DocumentReader(VECTORS);
    DocumentWriter writer = new DocumentWriter(VECTORS);
    for (int round = 0; round < 2_000; round++) {
      Document document = randomDocument(random);
      String line = new String(writer.line(document), StandardCharsets.UTF_8);
      assertThat(line).doesNotContain("\n");
      Document back = ((WriteOp.Upsert) reader.read(line, "line")).document();
      String place = "seed " + Seed.current() + ", round " + round + ": " + line;
      assertThat(back.id()).describedAs(place).isEqualTo(document.id());
      assertThat(back.attributes()).describedAs(place).isEqualTo(document.attributes());
      assertThat(back.vectors().get("vector"))
          .describedAs(place)
          .containsExactly(document.vectors().get("vector"));
    }
  }

  private static Document randomDocument(Random random) {
    float[] vector = new float[3];
    for (int i = 0; i < vector.length; i++) {
      do {
        vector[i] = Float.intBitsToFloat(random.nextInt());
      } while (!Float.isFinite(vector[i]));
    }
    Map<String, Value> attributes = new HashMap<>();
    for (AttributeType type : AttributeType.values()) {
      if (random.nextInt(3) > 0) {
        attributes.put(type.id(), randomValue(random, type));
      }
    }
    DocId id = random.nextBoolean() ? DocId.of(random.nextLong()) : DocId.of(randomText(random));
    return new Document(id, Map.of("vector", vector), attributes);
  }

  private static Value randomValue(Random random, AttributeType type) {
    if (!type.isArray()) {
      return randomScalar(random, type);
    }
    List<Value.Scalar> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(randomScalar(random, type.element()));
    }
    return new Value.Array(elements);
  }

  private static Value.Scalar randomScalar(Random random, AttributeType type) {
    return switch (type.element()) {
      case STRING -> new Value.Text(randomText(random));
      case INT -> new Value.Int(random.nextLong());
      case UINT -> new Value.Uint(random.nextLong());
      case FLOAT -> new Value.Real(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
      case BOOL -> new Value.Bool(random.nextBoolean());
      // Within the years that ISO-8601 texts of Java can name.
      case DATETIME -> new Value.DateTime(random.nextLong(-(1L << 55), 1L << 55));
      case UUID -> new Value.Uuid(new UUID(random.nextLong(), random.nextLong()));
      default -> throw new IllegalStateException(type.id());
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder("a");
    for (int i = random.nextInt(12); i > 0; i--) {
      int codePoint;
      do {
        codePoint = random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x110000);
      } while (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }
}
