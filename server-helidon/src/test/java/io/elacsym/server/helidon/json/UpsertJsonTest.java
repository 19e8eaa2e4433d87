package io.elacsym.server.helidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.tck.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class UpsertJsonTest {
  private static List<WriteOp> readAll(String json) {
    try {
      return UpsertJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
          .operations();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WriteOp.UpsertOrPatch read(String document) {
    return (WriteOp.UpsertOrPatch) readAll("{\"documents\":[" + document + "]}").getFirst();
  }

  private static Given given(String json) {
    return Objects.requireNonNull(
        read("{\"id\":1,\"attributes\":{\"a\":" + json + "}}").attributes().get("a"));
  }

  @Test
  void aDocumentArrivesWithItsPlace() {
    WriteOp.UpsertOrPatch document =
        read("{\"id\":\"x\",\"vector\":[1,2,3],\"attributes\":{\"int\":5,\"string\":null}}");
    assertThat(document.place()).isEqualTo(Place.ROOT.field("documents").index(0));
    assertThat(document.id()).isEqualTo(DocId.of("x"));
    assertThat(document.vectors().get(Schema.VECTOR)).containsExactly(1f, 2f, 3f);
    assertThat(document.attributes())
        .isEqualTo(Map.of("int", Value.of(5), "string", Given.Other.NULL));
  }

  @Test
  void whatIsNotThereIsNotThere() {
    WriteOp.UpsertOrPatch document = read("{\"id\":1}");
    assertThat(document.vectors()).isEmpty();
    assertThat(document.attributes()).isEmpty();
    assertThat(read("{\"id\":1,\"attributes\":null}").attributes()).isEmpty();
    assertThat(readAll("{\"documents\":[]}")).isEmpty();
  }

  @Test
  void keysMayComeInAnyOrder() {
    assertThat(read("{\"attributes\":{},\"vector\":[0,0,1],\"id\":9}").id()).isEqualTo(DocId.of(9));
  }

  @Test
  void valuesAreAsJsonGivesThem() {
    assertThat(given("3")).isEqualTo(Value.of(3));
    assertThat(given("-5")).isEqualTo(Value.of(-5));
    assertThat(given("1e-3")).isEqualTo(Value.of(0.001));
    assertThat(given("18446744073709551615")).isEqualTo(new Value.Uint(-1));
    assertThat(given("18446744073709551616"))
        .isEqualTo(new Given.Huge(BigInteger.ONE.shiftLeft(64)));
    assertThat(given("-9223372036854775809")).isInstanceOf(Given.Huge.class);
    assertThat(given("\"2024-01-01\"")).isEqualTo(Value.of("2024-01-01"));
    assertThat(given("true")).isEqualTo(Value.of(true));
    assertThat(given("[1,2.5,\"x\",false]"))
        .isEqualTo(
            new Value.Array(
                List.of(
                    new Value.Int(1),
                    new Value.Real(2.5),
                    new Value.Text("x"),
                    new Value.Bool(false))));
    assertThat(given("[]")).isEqualTo(new Value.Array(List.of()));
  }

  @Test
  void whatNoValueCanBeMadeOfIsStillShown() {
    assertThat(given("NaN")).isEqualTo(new Given.Other("NaN"));
    assertThat(given("1e999")).isEqualTo(new Given.Other("1e999"));
    assertThat(given("{\"a\":[1,{\"b\":2}],\"c\":{\"d\":3},\"e\":4}"))
        .isEqualTo(
            members(
                "a",
                new Given.Other("an array"),
                "c",
                new Given.Other("an object"),
                "e",
                Value.of(4)));
    String nine =
        "{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,\"8\":1,\"9\":{\"a\":[]},\"0\":1}";
    assertThat(given(nine)).as("too many to be a value").isEqualTo(new Given.Other("an object"));
    assertThat(given("[" + nine + ",2]"))
        .isEqualTo(new Given.Listing(List.of(new Given.Other("an object"), Value.of(2))));
    assertThat(given("[1,null,[[2]],{\"a\":1},3]"))
        .isEqualTo(
            new Given.Listing(
                List.of(
                    Value.of(1),
                    Given.Other.NULL,
                    new Given.Other("an array"),
                    members("a", Value.of(1)),
                    Value.of(3))));
  }

  private static Given members(Object... keysAndValues) {
    SequencedMap<String, Given> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      members.put((String) keysAndValues[i], (Given) keysAndValues[i + 1]);
    }
    return new Given.Members(members);
  }

  @Test
  void vectorsAreReadWhateverTheirLength() {
    for (int length : new int[] {0, 1, 63, 64, 65, 1_000, Schema.MAX_DIMENSION}) {
      String json = "[" + "1,".repeat(Math.max(0, length - 1)) + (length > 0 ? "1" : "") + "]";
      assertThat(read("{\"id\":1,\"vector\":" + json + "}").vectors().get(Schema.VECTOR))
          .hasSize(length);
    }
    String tooLong = "[" + "1,".repeat(Schema.MAX_DIMENSION) + "1]";
    assertThatThrownBy(() -> read("{\"id\":1,\"vector\":" + tooLong + "}"))
        .hasMessage("documents[0].vector has more than 65536 components");
  }

  @Test
  void aVectorOfAnotherLengthThanTheOneBeforeIsReadRight() {
    List<WriteOp> documents =
        readAll(
            "{\"documents\":[{\"id\":1,\"vector\":[1,2,3]},{\"id\":2,\"vector\":[4]},"
                + "{\"id\":3,\"vector\":[]},{\"id\":4,\"vector\":[5,6,7,8]}]}");
    assertThat(documents)
        .extracting(op -> ((WriteOp.OfDocument) op).vectors().get(Schema.VECTOR))
        .containsExactly(
            new float[] {1, 2, 3}, new float[] {4}, new float[0], new float[] {5, 6, 7, 8});
  }

  @Test
  void wrongVectorsAreRefused() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "null", "is null, expected an array of numbers; leave it out to keep",
                "{}", "is an object, expected an array of numbers",
                "[1,null]", "[1] is null, expected a finite 32-bit float",
                "[1,[2]]", "[1] is an array, expected a finite 32-bit float",
                "[1e39]", "[0] is 1e39, expected a finite 32-bit float",
                "[NaN]", "[0] is NaN, expected a finite 32-bit float",
                "\"?\"", "is a string that is no base64",
                "\"AAAAAAA=\"", "has 5 bytes, expected 4 for each component")
            .entrySet()) {
      assertThatThrownBy(() -> read("{\"id\":1,\"vector\":" + wrong.getKey() + "}"))
          .isInstanceOf(ElacsymException.class)
          .hasMessageStartingWith("documents[0].vector")
          .hasMessageContaining(wrong.getValue());
    }
  }

  @Test
  void errorsNameTheDocument() {
    assertThatThrownBy(() -> readAll("{\"documents\":[{\"id\":1},{}]}"))
        .hasMessageStartingWith("documents[1].id is missing");
    assertThatThrownBy(() -> readAll("{\"documents\":[{\"id\":1},{\"ids\":1}]}"))
        .hasMessageContaining("unknown key 'ids' in documents[1]")
        .hasMessageContaining("did you mean 'id'");
  }

  @Test
  void aRequestIsReadInOrder() {
    assertThat(readAll("{\"documents\":[{\"id\":2},{\"id\":1},{\"id\":2}]}"))
        .extracting(op -> ((WriteOp.OfDocument) op).id().toString())
        .containsExactly("2", "1", "2");
  }

  @Test
  void whatIsWrittenReadsBackTheSame() {
    Random random = new Random(Seed.current());
    for (int round = 0; round < 2_000; round++) {
      Document document = randomDocument(random);
      String line =
          new String(
              Json.bytes(out -> {
                out.writeStartObject();
                DocumentJson.writeAll(document, out);
                out.writeEndObject();
              }),
              StandardCharsets.UTF_8);
      assertThat(line).doesNotContain("\n");
      WriteOp.UpsertOrPatch back = read(line);
      String place = "seed " + Seed.current() + ", round " + round + ": " + line;
      assertThat(back.id()).describedAs(place).isEqualTo(document.id());
      assertThat(back.attributes()).describedAs(place).isEqualTo(document.attributes());
      assertThat(back.vectors().get("vector"))
          .describedAs(place)
          .containsExactly(document.vectors().get("vector"));
    }
  }

  /** A document of values that JSON gives as they are. */
  private static Document randomDocument(Random random) {
    float[] vector = new float[1 + random.nextInt(5)];
    for (int i = 0; i < vector.length; i++) {
      do {
        vector[i] = Float.intBitsToFloat(random.nextInt());
      } while (!Float.isFinite(vector[i]));
    }
    Map<String, Value> attributes =
        Map.of("one", randomScalar(random), "many", new Value.Array(randomScalars(random)));
    DocId id = random.nextBoolean() ? DocId.of(random.nextLong()) : DocId.of(randomText(random));
    return new Document(id, Map.of("vector", vector), attributes);
  }

  private static List<Value.Scalar> randomScalars(Random random) {
    List<Value.Scalar> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(randomScalar(random));
    }
    return elements;
  }

  private static Value.Scalar randomScalar(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Value.Text(randomText(random));
      case 1 -> new Value.Int(random.nextLong());
      case 2 -> new Value.Uint(random.nextLong() | Long.MIN_VALUE);
      case 3 -> new Value.Real(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
      default -> new Value.Bool(random.nextBoolean());
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
