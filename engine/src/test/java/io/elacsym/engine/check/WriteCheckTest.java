package io.elacsym.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WriteCheckTest {
  private static final Schema PLAIN = Samples.everyType();
  private static final Schema VECTORS =
      new Schema(List.of(new VectorField(Schema.VECTOR, 3, Metric.COSINE)), PLAIN.attributes());
  private static final Place DOCUMENT = Place.ROOT.field("documents").index(4);

  private static CheckedOp check(WriteOp op, Schema schema) {
    return WriteCheck.check(new WriteRequest(List.of(op)), schema, Optional.empty())
        .operations()
        .getFirst();
  }

  private static WriteOp given(float[] vector, Map<String, ? extends Given> attributes) {
    return new WriteOp.UpsertOrPatch(
        DOCUMENT,
        DocId.of(1),
        vector.length == 0 ? Map.of() : Map.of(Schema.VECTOR, vector),
        attributes);
  }

  private static Value typed(String attribute, Given value) {
    CheckedOp op = check(given(new float[0], Map.of(attribute, value)), PLAIN);
    return Objects.requireNonNull(((CheckedOp.Upsert) op).document().attributes().get(attribute));
  }

  private static void refused(String attribute, Given value, String part) {
    assertThatThrownBy(() -> typed(attribute, value))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageStartingWith("documents[4].attributes." + attribute)
        .hasMessageContaining(part);
  }

  private static Value.Array array(Value.Scalar... values) {
    return new Value.Array(Arrays.asList(values));
  }

  @Test
  void withAVectorItIsAnUpsertAndWithoutAPatch() {
    Map<String, Given> attributes = Map.of("int", Value.of(5), "string", Given.Other.NULL);
    assertThat(check(given(new float[] {1, 2, 3}, attributes), VECTORS))
        .isInstanceOfSatisfying(
            CheckedOp.Upsert.class,
            op -> {
              assertThat(op.document().vectors().get("vector")).containsExactly(1f, 2f, 3f);
              assertThat(op.document().attributes()).isEqualTo(Map.of("int", Value.of(5)));
            });
    assertThat(check(given(new float[0], attributes), VECTORS))
        .isEqualTo(
            new CheckedOp.Patch(
                DocId.of(1), Map.of(), Map.of("int", Value.of(5)), Set.of("string"), true));
  }

  @Test
  void inANamespaceWithoutVectorsEveryDocumentIsAnUpsert() {
    assertThat(check(given(new float[0], Map.of()), PLAIN))
        .isEqualTo(new CheckedOp.Upsert(new Document(DocId.of(1), Map.of(), Map.of())));
  }

  @Test
  void valuesThatHaveTheirTypesStayAsTheyAre() {
    Seeded.run(random -> {
      Samples samples = new Samples(random);
      for (int round = 0; round < 200; round++) {
        Document document = samples.document(samples.id(DocId.Kind.UINT), PLAIN);
        assertThat(check(new WriteOp.Upsert(document), PLAIN))
            .isEqualTo(new CheckedOp.Upsert(document));
      }
    });
  }

  @Test
  void whatIsGivenBecomesTheAttributesType() {
    assertThat(typed("float", Value.of(3))).isEqualTo(Value.of(3.0));
    assertThat(typed("float", new Value.Uint(-1))).isEqualTo(Value.of(0x1p64));
    assertThat(typed("float", new Given.Huge(BigInteger.ONE.shiftLeft(70))))
        .isEqualTo(Value.of(0x1p70));
    assertThat(typed("int", Value.of(-5))).isEqualTo(Value.of(-5));
    assertThat(typed("uint", Value.of(5))).isEqualTo(new Value.Uint(5));
    assertThat(typed("uint", new Value.Uint(-1))).isEqualTo(new Value.Uint(-1));
    assertThat(typed("datetime", Value.of("2024-01-01T02:00:00+02:00")))
        .isEqualTo(new Value.DateTime(1_704_067_200_000L));
    assertThat(typed("datetime", Value.of(-1))).isEqualTo(new Value.DateTime(-1));
    UUID uuid = new UUID(3, 4);
    assertThat(typed("uuid", Value.of(uuid.toString()))).isEqualTo(new Value.Uuid(uuid));
    assertThat(typed("array_float", array(new Value.Int(1), new Value.Real(2.5))))
        .isEqualTo(array(new Value.Real(1), new Value.Real(2.5)));
    assertThat(typed("array_bool", array())).isEqualTo(array());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("int", Value.of(1.0), "is 1.0, expected int");
    refused("int", Value.of(true), "is true, expected int");
    refused("int", new Given.Huge(BigInteger.TEN.pow(30)), "is 1000000000000000000000000000000,");
    refused("uint", Value.of(-1), "is -1, expected uint");
    refused("float", new Given.Other("NaN"), "is NaN, expected float");
    refused("float", new Given.Huge(BigInteger.TEN.pow(400)), "expected float");
    refused("float", Value.of("1"), "is \"1\", expected float");
    refused("bool", Value.of(0), "expected bool");
    refused("bool", Value.of("true"), "expected bool");
    refused("string", new Given.Other("an object"), "is an object, expected string");
    refused("string", Value.of("\ud83d"), "half a surrogate pair, expected Unicode text");
    refused("datetime", Value.of("2024-01-01"), "expected datetime");
    refused("datetime", Value.of("2024-01-01T00:00:00"), "expected datetime");
    refused("datetime", Value.of(1.5), "expected datetime");
    refused("uuid", Value.of("1-1-1-1-1"), "expected uuid");
    refused("int", array(new Value.Int(1)), "is an array, expected int");
    refused(
        "array_int",
        new Given.Listing(List.of(Value.of(1), Given.Other.NULL)),
        "[1] is null, expected int");
    refused("array_int", array(new Value.Int(1), new Value.Text("x")), "[1] is \"x\"");
    refused("array_int", new Given.Other("an object"), "is an object, expected an array of int");
    refused("array_int", Value.of(1), "is 1, expected an array of int");
  }

  @Test
  void whatIsNotDeclaredIsRefused() {
    assertThatThrownBy(() -> check(given(new float[0], Map.of("strin", Value.of("x"))), PLAIN))
        .hasMessage(
            "documents[4].attributes: the schema has no attribute 'strin'; did you mean 'string'?");
    assertThatThrownBy(() -> check(given(new float[0], Map.of("nope", Given.Other.NULL)), PLAIN))
        .hasMessageContaining("no attribute 'nope'");
    assertThatThrownBy(() -> check(given(new float[] {1}, Map.of()), PLAIN))
        .hasMessageStartingWith("documents[4].vector: the namespace has no vectors");
  }

  @Test
  void vectorsOfTheWrongDimensionAreRefused() {
    assertThatThrownBy(() -> check(given(new float[] {1, 2}, Map.of()), VECTORS))
        .hasMessage("documents[4].vector has 2 components, expected 3");
    assertThatThrownBy(() -> check(given(new float[] {1, 2, Float.NaN}, Map.of()), VECTORS))
        .hasMessage("documents[4].vector[2] is NaN, expected a finite 32-bit float");
    assertThatThrownBy(() -> check(given(new float[] {0, 0, 0}, Map.of()), VECTORS))
        .hasMessageContaining("documents[4].vector is all zeros");
  }

  @Test
  void idsAreOfOneKind() {
    WriteRequest both =
        new WriteRequest(
            List.of(
                new WriteOp.Delete(Place.ROOT.field("ids").index(0), DocId.of(1)),
                new WriteOp.Delete(Place.ROOT.field("ids").index(1), DocId.of("x"))));
    assertThatThrownBy(() -> WriteCheck.check(both, PLAIN, Optional.empty()))
        .hasMessage("ids[1]: id 'x' is of kind string, the namespace has ids of kind uint");
  }

  @Test
  void aCheckedWriteIsCheckedAgainOnlyWhenSomethingHasChanged() {
    WriteRequest request = new WriteRequest(List.of(given(new float[0], Map.of())));
    CheckedWrite write = WriteCheck.check(request, PLAIN, Optional.empty());
    assertThat(write.against(Samples.everyType(), Optional.empty())).isSameAs(write);
    assertThat(write.against(VECTORS, Optional.empty()).operations().getFirst())
        .as("where there are vectors it is a patch")
        .isInstanceOf(CheckedOp.Patch.class);
    assertThatThrownBy(() -> write.against(PLAIN, Optional.of(DocId.Kind.STRING)))
        .hasMessageContaining("the namespace has ids of kind string");
  }
}
