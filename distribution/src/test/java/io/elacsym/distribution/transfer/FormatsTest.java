package io.elacsym.distribution.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema EMPTY = new Schema(List.of(), new LinkedHashMap<>());

  @TempDir Path temp;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content);
  }

  private static List<Row> rows(RowSource.Format format, Schema schema) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (RowSource source = format.open(schema)) {
      for (Optional<Row> row = source.next(); row.isPresent(); row = source.next()) {
        rows.add(row.get());
      }
      assertThat(source.position()).isEqualTo(source.size());
    }
    return rows;
  }

  private static String text(Row row) {
    return new String(((Row.Document) row).json(), StandardCharsets.UTF_8);
  }

  private static JsonNode json(Row row) throws IOException {
    return JSON.readTree(((Row.Document) row).json());
  }

  @Test
  void linesThatAreDocumentsPassAsTheyAre() throws IOException {
    String line = "{ \"id\": 18446744073709551615, \"vector\": [1.50, 2e0], \"attributes\": {} }";
    List<Row> rows =
        rows(
            new JsonLinesFormat(
                file("a.jsonl", "\uFEFF" + line + "\r\n\n" + line), FieldNames.USUAL),
            EMPTY);
    assertThat(rows).hasSize(3);
    assertThat(text(rows.get(0))).isEqualTo(line);
    assertThat(rows.get(1)).isInstanceOf(Row.Blank.class);
    assertThat(text(rows.get(2))).isEqualTo(line);
    assertThat(rows.get(2).number()).isEqualTo(3);
  }

  @Test
  void flatLinesAreRearrangedWithoutTouchingTheirValues() throws IOException {
    List<Row> rows =
        rows(
            new JsonLinesFormat(
                file(
                    "a.jsonl",
                    "{\"key\":\"a\\u0041\",\"t\\\"x\":\"\u00e4\\n\",\"emb\":[0.10,2],\"n\":[1,[2]],\"z\":null}"),
                new FieldNames("key", "emb", false)),
            EMPTY);
    assertThat(text(rows.getFirst()))
        .isEqualTo(
            "{\"id\":\"a\\u0041\",\"vector\":[0.10,2],\"attributes\":"
                + "{\"t\\\"x\":\"\u00e4\\n\",\"n\":[1,[2]],\"z\":null}}");
  }

  @Test
  void aLineThatIsNoDocumentIsRejectedAndTheRestGoesOn() throws IOException {
    List<Row> rows =
        rows(
            new JsonLinesFormat(
                file("a.jsonl", "{\"id\":1},{\"id\":2}\n{\"id\":\n[1]\n{\"id\":3}"),
                FieldNames.USUAL),
            EMPTY);
    assertThat(rows.subList(0, 3)).allMatch(row -> row instanceof Row.Rejected);
    assertThat(text(rows.get(3))).isEqualTo("{\"id\":3}");
  }

  @Test
  void packedFilesAreUnpacked() throws IOException {
    Path path = temp.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write("{\"id\":1}\n{\"id\":2}".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(rows(new JsonLinesFormat(path, FieldNames.USUAL), EMPTY)).hasSize(2);
  }

  @Test
  void rowsOfAnEarlierRunAreSkipped() throws IOException {
    Path path = file("a.jsonl", "{\"id\":1}\n\n{\"id\":2}\n{\"id\":3}\n");
    try (RowSource source = new JsonLinesFormat(path, FieldNames.USUAL).open(EMPTY)) {
      source.skip(3);
      Row row = source.next().orElseThrow();
      assertThat(text(row)).isEqualTo("{\"id\":3}");
      assertThat(row.number()).isEqualTo(4);
    }
  }

  @Test
  void aSchemaIsGuessedFromTheValues() throws IOException {
    Schema schema =
        new JsonLinesFormat(
                file(
                    "a.jsonl",
                    """
                    {"id":1,"vector":[1,2,3],"body":"several words that make a text","tag":"x","n":1,"f":1,"b":true,"tags":["a"],"at":"2026-01-31T12:00:00Z","u":18446744073709551615}
                    {"id":2,"vector":[1,2,3],"body":"and another one of them too","tag":"y","n":2,"f":1.5,"b":false,"tags":[],"at":"2026-01-31T12:00:00Z","u":1}
                    """),
                FieldNames.USUAL)
            .guessSchema();
    assertThat(schema.vectors().getFirst().dimension()).isEqualTo(3);
    assertThat(schema.attribute("body").orElseThrow().fullText()).isPresent();
    assertThat(schema.attributes()).containsEntry("tag", Attribute.indexed(AttributeType.STRING));
    assertThat(schema.attributes()).containsEntry("n", Attribute.indexed(AttributeType.INT));
    assertThat(schema.attributes()).containsEntry("f", Attribute.indexed(AttributeType.FLOAT));
    assertThat(schema.attributes()).containsEntry("b", Attribute.indexed(AttributeType.BOOL));
    assertThat(schema.attributes())
        .containsEntry("tags", Attribute.indexed(AttributeType.ARRAY_STRING));
    assertThat(schema.attributes()).containsEntry("at", Attribute.indexed(AttributeType.DATETIME));
    assertThat(schema.attributes()).containsEntry("u", Attribute.indexed(AttributeType.UINT));
  }

  @Test
  void csvTakesItsTypesFromTheSchema() throws IOException {
    Path path =
        file(
            "a.csv",
            """
            isbn,title,year,tags,vector
            007,"A, ""b""
            c",2015,x;y,"[1.5, 2]"
            9,T,,,
            10,T,soon,,
            """);
    CsvFormat format = new CsvFormat(path, new FieldNames("isbn", "vector", false));
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("title", Attribute.of(AttributeType.STRING));
    attributes.put("year", Attribute.of(AttributeType.INT));
    attributes.put("tags", Attribute.of(AttributeType.ARRAY_STRING));
    List<Row> rows = rows(format, SchemaGuess.schema(2, attributes));
    JsonNode first = json(rows.get(0));
    assertThat(first.path("id").asText()).isEqualTo("007");
    assertThat(first.path("attributes").toString())
        .isEqualTo("{\"title\":\"A, \\\"b\\\"\\nc\",\"year\":2015,\"tags\":[\"x\",\"y\"]}");
    float[] vector = new float[2];
    ByteBuffer.wrap(Base64.getDecoder().decode(first.path("vector").asText()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(vector);
    assertThat(vector).containsExactly(1.5f, 2f);
    assertThat(json(rows.get(1)).toString())
        .isEqualTo("{\"id\":9,\"attributes\":{\"title\":\"T\"}}");
    assertThat(rows.get(2))
        .isInstanceOfSatisfying(
            Row.Rejected.class,
            row -> assertThat(row.reason()).isEqualTo("year is 'soon', expected int"));
  }

  @Test
  void aCsvSchemaIsGuessedFromItsCells() throws IOException {
    Schema schema =
        new CsvFormat(
                file("a.csv", "id,n,f,t,vector\n1,5,1.5,a,1 2 3\n2,6,2,b,1 2 3\n"),
                FieldNames.USUAL)
            .guessSchema();
    assertThat(schema.vectors().getFirst().dimension()).isEqualTo(3);
    assertThat(schema.attribute("n").orElseThrow().type()).isEqualTo(AttributeType.INT);
    assertThat(schema.attribute("f").orElseThrow().type()).isEqualTo(AttributeType.FLOAT);
    assertThat(schema.attribute("t").orElseThrow().type()).isEqualTo(AttributeType.STRING);
  }

  @Test
  void aCsvWithoutTheIdColumnSaysWhichItHas() throws IOException {
    CsvFormat format = new CsvFormat(file("a.csv", "key,x\n1,2\n"), FieldNames.USUAL);
    assertThatThrownBy(() -> format.open(EMPTY))
        .hasMessageContaining("[key, x]")
        .hasMessageContaining("--id-column");
  }

  @Test
  void vectorsOfFvecsAreNumberedFromZero() throws IOException {
    Path path = temp.resolve("a.fvecs");
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(2).putFloat(1).putFloat(2).putInt(2).putFloat(3).putFloat(4);
    Files.write(path, bytes.array());
    FvecsFormat format = new FvecsFormat(path);
    assertThat(format.guessSchema().vectors().getFirst().dimension()).isEqualTo(2);
    List<Row> rows = rows(format, EMPTY);
    assertThat(rows).hasSize(2);
    assertThat(json(rows.get(1)).path("id").asInt()).isEqualTo(1);
    Files.write(path, Arrays.copyOf(bytes.array(), 20));
    assertThatThrownBy(() -> rows(format, EMPTY)).hasMessageContaining("middle of a vector");
  }

  @Test
  void theFormatFollowsFromTheName() {
    assertThat(FileFormat.ofName(Path.of("A.JSONL.gz"))).contains(FileFormat.JSONL);
    assertThat(FileFormat.ofName(Path.of("a.tsv"))).contains(FileFormat.CSV);
    assertThat(FileFormat.ofName(Path.of("a.txt"))).isEmpty();
    assertThatThrownBy(() -> FileFormat.of(Optional.empty(), Path.of("a.txt")))
        .hasMessageContaining("--format");
  }

  @Test
  void onlyRowsWithoutAGapCountAsDone() {
    Ledger ledger = new Ledger(10);
    ledger.complete(20, 30);
    assertThat(ledger.done()).isEqualTo(10);
    ledger.complete(10, 20);
    assertThat(ledger.done()).isEqualTo(30);
  }

  @Test
  void anImportIsRememberedUntilTheFileChanges() throws IOException {
    Path path = file("a.jsonl", "{\"id\":1}\n");
    ImportState state = ImportState.of(path, "here docs");
    assertThat(state.rowsDone()).isEmpty();
    state.save(7);
    assertThat(ImportState.of(path, "here docs").rowsDone()).contains(7L);
    assertThat(ImportState.of(path, "here other").rowsDone()).isEmpty();
    Files.writeString(path, "{\"id\":1,\"vector\":[1]}\n");
    assertThat(ImportState.of(path, "here docs").rowsDone()).isEmpty();
  }
}
