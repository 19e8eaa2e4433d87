package io.elacsym.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final Attribute INT = Attribute.of(AttributeType.INT);
  private static final Duration AFTER = Duration.ofDays(1);

  @Test
  void keepsTheOrderOfDeclarationAndDoesNotChange() {
    SequencedMap<String, Attribute> given = new LinkedHashMap<>();
    given.put("z", INT);
    given.put("a", INT);
    Schema schema = new Schema(List.of(), given);
    given.put("later", INT);
    assertThat(schema.attributes().keySet()).containsExactly("z", "a");
    assertThatThrownBy(() -> schema.attributes().put("x", INT))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void findsFieldsByName() {
    VectorField vector = new VectorField("vector", 3, Metric.L2);
    Schema schema = new Schema(List.of(vector), attributes("year"));
    assertThat(schema.vector("vector")).contains(vector);
    assertThat(schema.vector("year")).isEmpty();
    assertThat(schema.attribute("year")).contains(INT);
    assertThat(schema.attribute("vector")).isEmpty();
  }

  @Test
  void namesHaveRules() {
    assertInvalid(() -> schema(""), "field name ''", "0 bytes", "1 to 128");
    assertInvalid(() -> schema("é".repeat(65)), "130 bytes");
    assertInvalid(() -> schema("id"), "field name 'id'", "kept for Elacsym");
    assertInvalid(() -> schema("$x"), "'$x'", "kept for Elacsym");
    assertInvalid(() -> schema("vector"), "attribute 'vector'", "kept for the vector field");
    assertInvalid(() -> schema("\uD83D"), "half a surrogate pair");
    assertThat(schema("é".repeat(64)).attributes()).hasSize(1);
    assertThat(schema("Id").attributes()).hasSize(1);
  }

  @Test
  void vectorFieldsHaveRules() {
    assertInvalid(() -> vectors(0), "dimension 0, expected 1 to 65536");
    assertInvalid(() -> vectors(65_537), "dimension 65537");
    assertInvalid(() -> vectors(1, 1, 1, 1, 1, 1, 1, 1, 1), "9 vector fields, expected at most 8");
    assertThat(vectors(1, 65_536).vectors()).hasSize(2);
    VectorField field = new VectorField("same", 3, Metric.DOT);
    assertInvalid(
        () -> new Schema(List.of(field, field), attributes()), "two fields are called 'same'");
    assertInvalid(
        () -> new Schema(List.of(field), attributes("same")), "two fields are called 'same'");
  }

  @Test
  void thereIsAMostOfAttributes() {
    String[] names = IntStream.range(0, 1_025).mapToObj(i -> "a" + i).toArray(String[]::new);
    assertInvalid(() -> new Schema(List.of(), attributes(names)), "1025 attributes", "1024");
  }

  @Test
  void onlyTextIsFullText() {
    assertInvalid(
        () -> fullText(AttributeType.INT, TextAnalysis.DEFAULT),
        "attribute 'text' is int and full_text",
        "string or array_string");
    assertThat(
            fullText(AttributeType.arrayOf(ElementType.STRING), TextAnalysis.DEFAULT).attributes())
        .hasSize(1);
  }

  @Test
  void theParametersOfRankingHaveRanges() {
    for (double k1 : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertInvalid(() -> analysis(k1, 0.5), "attribute 'text' has k1 " + k1, "more than 0");
    }
    for (double b : new double[] {-0.1, 1.1, Double.NaN}) {
      assertInvalid(() -> analysis(1, b), "attribute 'text' has b " + b, "0 to 1");
    }
    assertThat(analysis(Double.MIN_VALUE, 0).attributes()).hasSize(1);
    assertThat(analysis(1_000, 1).attributes()).hasSize(1);
  }

  @Test
  void gainsAttributesBehindTheOnesItHas() {
    Schema schema = schema("year").with(Map.of("a", INT));
    assertThat(schema.attributes().keySet()).containsExactly("year", "a");
    assertThat(schema.with(Map.of("a", INT))).as("the same again").isEqualTo(schema);
  }

  @Test
  void anAttributeGainsIndexesAndLosesNone() {
    Attribute indexed = Attribute.indexed(AttributeType.INT);
    Schema schema = schema("year").with(Map.of("year", indexed));
    assertThat(schema.attribute("year")).contains(indexed);
    assertConflict(schema, INT);
  }

  @Test
  void anAttributeCannotChangeItsDeclaration() {
    assertConflict(schema("year"), Attribute.of(AttributeType.FLOAT));
    Schema text = new Schema(List.of(), attributes());
    Attribute english = Attribute.fullText(TextAnalysis.DEFAULT);
    Schema analysed = text.with(Map.of("year", english));
    assertConflict(analysed, Attribute.of(AttributeType.STRING));
    assertConflict(
        analysed, Attribute.fullText(new TextAnalysis("french", true, true, false, 1.2, 0.75)));
  }

  private static void assertConflict(Schema schema, Attribute other) {
    assertThatThrownBy(() -> schema.with(Map.of("year", other)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
        .hasMessageContaining("attribute 'year' exists");
  }

  @Test
  void whatExpiresIsAnIndexedDatetime() {
    Optional<TimeToLive> ttl = Optional.of(new TimeToLive("seen", AFTER, false));
    SequencedMap<String, Attribute> attributes = attributes("year");
    assertInvalid(() -> new Schema(List.of(), attributes, ttl), "ttl.attribute is \"seen\"");
    attributes.put("seen", Attribute.of(AttributeType.DATETIME));
    assertInvalid(
        () -> new Schema(List.of(), attributes, ttl),
        "ttl.attribute is \"seen\", of type datetime, expected an attribute of type datetime that"
            + " is indexed");
    attributes.put("seen", Attribute.indexed(AttributeType.DATETIME));
    assertThat(new Schema(List.of(), attributes, ttl).with(Map.of("a", INT)).timeToLive())
        .isEqualTo(ttl);
    assertInvalid(
        () -> new TimeToLive("seen", Duration.ofDays(36_501), false), "expected 0 to 36500 days");
  }

  private static SequencedMap<String, Attribute> attributes(String... names) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (String name : names) {
      attributes.put(name, INT);
    }
    return attributes;
  }

  private static Schema schema(String name) {
    return new Schema(List.of(), attributes(name));
  }

  private static Schema vectors(int... dimensions) {
    return new Schema(
        IntStream.range(0, dimensions.length)
            .mapToObj(i -> new VectorField("v" + i, dimensions[i], Metric.COSINE))
            .toList(),
        attributes());
  }

  private static Schema fullText(AttributeType type, TextAnalysis analysis) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("text", new Attribute(type, false, Optional.of(analysis)));
    return new Schema(List.of(), attributes);
  }

  private static Schema analysis(double k1, double b) {
    return fullText(AttributeType.STRING, new TextAnalysis("english", true, true, false, k1, b));
  }

  private static void assertInvalid(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
              assertThat(e.getMessage()).contains(parts);
            });
  }
}
