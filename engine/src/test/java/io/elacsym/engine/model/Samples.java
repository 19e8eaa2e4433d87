package io.elacsym.engine.model;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * Random values from small pools, so that equal and neighbouring ones are common, with every
 * extreme among them.
 */
public final class Samples {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "ab",
          "abc",
          "b",
          "ba",
          "A",
          "a*b",
          "[x]",
          "\\",
          "\n",
          "é",
          "漢字",
          "\uD83D\uDE00",
          "\uD83D\uDE00\uD83D\uDE01",
          "\uE000",
          "\uFFFF",
          "a\uFFFF",
          "a\uD83D\uDE00",
          "\u0000");
  private static final List<Long> LONGS =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          23L,
          24L,
          255L,
          256L,
          65_536L,
          1L << 32,
          (1L << 53) - 1,
          1L << 53,
          (1L << 53) + 1,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MIN_VALUE + 1,
          Long.MAX_VALUE - 1);
  private static final List<Double> DOUBLES =
      List.of(0.0, -0.0, 1.0, 1.5, -1.5, 0.1, 1e300, -1e300, Double.MIN_VALUE, Double.MAX_VALUE);
  private static final List<Long> TIMES =
      List.of(0L, 1L, -1L, 1_700_000_000_000L, -62_135_596_800_000L, 253_402_300_799_999L);
  private static final int DEGREE = Value.Geo.DEGREE;
  private static final List<Value.Geo> POINTS =
      List.of(
          new Value.Geo(0, 0),
          new Value.Geo(0, 1),
          new Value.Geo(-1, 0),
          new Value.Geo(90 * DEGREE, 0),
          new Value.Geo(90 * DEGREE, 77 * DEGREE),
          new Value.Geo(-90 * DEGREE, -180 * DEGREE),
          new Value.Geo(0, 180 * DEGREE),
          new Value.Geo(0, -180 * DEGREE),
          new Value.Geo(1, 180 * DEGREE - 1),
          new Value.Geo(52 * DEGREE, 13 * DEGREE),
          new Value.Geo(52 * DEGREE + 5_200_000, 13 * DEGREE + 4_050_000));
  private static final List<UUID> UUIDS =
      List.of(
          new UUID(0, 0),
          new UUID(0, 1),
          new UUID(0, -1),
          new UUID(1, 0),
          new UUID(-1, -1),
          new UUID(Long.MIN_VALUE, Long.MAX_VALUE));

  private final Random random;

  public Samples(Random random) {
    this.random = random;
  }

  public <T> T oneOf(List<T> pool) {
    return pool.get(random.nextInt(pool.size()));
  }

  public String text() {
    return random.nextInt(4) == 0 ? oneOf(TEXTS) + oneOf(TEXTS) : oneOf(TEXTS);
  }

  public Value.Scalar scalar(ElementType type) {
    return switch (type) {
      case STRING -> new Value.Text(text());
      case INT -> new Value.Int(oneOf(LONGS));
      case UINT -> new Value.Uint(oneOf(LONGS));
      case FLOAT -> new Value.Real(oneOf(DOUBLES));
      case BOOL -> new Value.Bool(random.nextBoolean());
      case DATETIME -> new Value.DateTime(oneOf(TIMES));
      case UUID -> new Value.Uuid(oneOf(UUIDS));
      case GEO -> point();
    };
  }

  /** One of some points of interest, or any point. */
  public Value.Geo point() {
    return random.nextInt(3) > 0
        ? oneOf(POINTS)
        : new Value.Geo(
            random.nextInt(-Value.Geo.MAX_LATITUDE, Value.Geo.MAX_LATITUDE + 1),
            random.nextInt(-Value.Geo.MAX_LONGITUDE, Value.Geo.MAX_LONGITUDE + 1));
  }

  public List<Value.Scalar> scalars(ElementType type, int most) {
    List<Value.Scalar> values = new ArrayList<>();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      values.add(scalar(type));
    }
    return values;
  }

  public Value value(AttributeType type) {
    return type.isArray() ? new Value.Array(scalars(type.element(), 4)) : scalar(type.element());
  }

  public DocId id(DocId.Kind kind) {
    return switch (kind) {
      case UINT -> DocId.of(oneOf(LONGS));
      case STRING -> {
        String text = text();
        yield DocId.of(text.isEmpty() ? "x" : text);
      }
    };
  }

  public float[] vector(int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = random.nextFloat() * 2 - 1;
    }
    return vector;
  }

  /** One attribute of every type, named after it. */
  public static Schema everyType() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (AttributeType type : AttributeType.all()) {
      attributes.put(type.id(), Attribute.of(type));
    }
    return new Schema(List.of(), attributes);
  }

  /** A document with some of the schema's fields. */
  public Document document(DocId id, Schema schema) {
    Map<String, float[]> vectors = new HashMap<>();
    for (VectorField field : schema.vectors()) {
      if (random.nextBoolean()) {
        vectors.put(field.name(), vector(field.dimension()));
      }
    }
    Map<String, Value> attributes = new HashMap<>();
    schema
        .attributes()
        .forEach((name, attribute) -> {
          if (random.nextInt(3) > 0) {
            attributes.put(name, value(attribute.type()));
          }
        });
    return new Document(id, vectors, attributes);
  }

  public Schema schema() {
    List<VectorField> vectors = new ArrayList<>();
    for (int left = random.nextInt(3); left > 0; left--) {
      vectors.add(
          new VectorField("v" + left, 1 + random.nextInt(2_000), oneOf(List.of(Metric.values()))));
    }
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (int left = random.nextInt(8); left > 0; left--) {
      AttributeType type = oneOf(AttributeType.all());
      Optional<TextAnalysis> fullText =
          type.element() == ElementType.STRING && random.nextBoolean()
              ? Optional.of(analysis())
              : Optional.empty();
      attributes.put("a" + left + text(), new Attribute(type, random.nextBoolean(), fullText));
    }
    return new Schema(vectors, attributes);
  }

  private TextAnalysis analysis() {
    return new TextAnalysis(
        oneOf(List.of("english", "german")),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        oneOf(List.of(1.2, 1e-7, Schema.MAX_K1, random.nextDouble() + Double.MIN_VALUE)),
        random.nextDouble());
  }
}
