package io.elacsym.distribution.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  /** Python writes NaN where pandas has no number; a download may be cut. */
  @Test
  void aLineThatIsNoJsonIsRefusedInPlainWords() throws IOException {
    Path file =
        file("odd.jsonl", "{\"id\":1,\"x\":NaN}\n{\"id\":2,\"t\":\"\\x\"}\n{\"id\":3,\"t\":\"cut");
    List<Row> rows = rows(new JsonLinesFormat(file, FieldNames.USUAL, TextOptions.USUAL), EMPTY);
    assertThat(rows)
        .extracting(row -> ((Row.Rejected) row).reason())
        .containsExactly(
            "no JSON document: 'NaN' is no value of JSON",
            "no JSON document: Unrecognized character escape 'x' (code 120)",
            "no JSON document: the text ends too early");
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
                file("a.jsonl", "\uFEFF" + line + "\r\n\n" + line),
                FieldNames.USUAL,
                TextOptions.USUAL),
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
                new FieldNames("key", "emb", false),
                TextOptions.USUAL),
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
                FieldNames.USUAL,
                TextOptions.USUAL),
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
    assertThat(rows(new JsonLinesFormat(path, FieldNames.USUAL, TextOptions.USUAL), EMPTY))
        .hasSize(2);
  }

  @Test
  void rowsOfAnEarlierRunAreSkipped() throws IOException {
    Path path = file("a.jsonl", "{\"id\":1}\n\n{\"id\":2}\n{\"id\":3}\n");
    try (RowSource source =
        new JsonLinesFormat(path, FieldNames.USUAL, TextOptions.USUAL).open(EMPTY)) {
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
                FieldNames.USUAL,
                TextOptions.USUAL)
            .guessSchema();
    assertThat(schema.vectors().getFirst().dimension()).isEqualTo(3);
    assertThat(schema.attribute("body").orElseThrow().fullText()).isPresent();
    assertThat(schema.attributes()).containsEntry("tag", Attribute.indexed(AttributeType.STRING));
    assertThat(schema.attributes()).containsEntry("n", Attribute.indexed(AttributeType.INT));
    assertThat(schema.attributes()).containsEntry("f", Attribute.indexed(AttributeType.FLOAT));
    assertThat(schema.attributes()).containsEntry("b", Attribute.indexed(AttributeType.BOOL));
    assertThat(schema.attributes())
        .containsEntry("tags", Attribute.indexed(AttributeType.arrayOf(ElementType.STRING)));
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
    CsvFormat format =
        new CsvFormat(path, new FieldNames("isbn", "vector", false), TextOptions.USUAL);
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("title", Attribute.of(AttributeType.STRING));
    attributes.put("year", Attribute.of(AttributeType.INT));
    attributes.put("tags", Attribute.of(AttributeType.arrayOf(ElementType.STRING)));
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
                FieldNames.USUAL,
                TextOptions.USUAL)
            .guessSchema();
    assertThat(schema.vectors().getFirst().dimension()).isEqualTo(3);
    assertThat(schema.attribute("n").orElseThrow().type()).isEqualTo(AttributeType.INT);
    assertThat(schema.attribute("f").orElseThrow().type()).isEqualTo(AttributeType.FLOAT);
    assertThat(schema.attribute("t").orElseThrow().type()).isEqualTo(AttributeType.STRING);
  }

  @Test
  void aCsvWithoutTheIdColumnSaysWhichItHas() throws IOException {
    CsvFormat format =
        new CsvFormat(file("a.csv", "key,x\n1,2\n"), FieldNames.USUAL, TextOptions.USUAL);
    assertThatThrownBy(() -> format.open(EMPTY))
        .hasMessageContaining("[key, x]")
        .hasMessageContaining("--id-column");
  }

  private CsvFormat csv(byte[] content, Optional<String> charset, Optional<String> unnamed)
      throws IOException {
    Path path = Files.write(temp.resolve("text.csv"), content);
    return new CsvFormat(path, FieldNames.USUAL, TextOptions.of(charset, unnamed));
  }

  private static Schema titled() {
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("title", Attribute.of(AttributeType.STRING));
    return new Schema(List.of(), attributes);
  }

  private static String reason(Row row) {
    return ((Row.Rejected) row).reason();
  }

  @Test
  void aColumnWithoutANameIsNamedOrLeftOutAsTold() throws IOException {
    byte[] pandas = ",title\n0,a\n1,b\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> csv(pandas, Optional.empty(), Optional.empty()).open(titled()))
        .hasMessageContaining("column 1 has no name")
        .hasMessageContaining("--unnamed-column id")
        .hasMessageContaining("--unnamed-column -");
    assertThatThrownBy(() -> csv(pandas, Optional.empty(), Optional.empty()).guessSchema())
        .hasMessageContaining("column 1 has no name");
    assertThat(rows(csv(pandas, Optional.empty(), Optional.of("id")), titled()))
        .map(FormatsTest::text)
        .containsExactly(
            "{\"id\":0,\"attributes\":{\"title\":\"a\"}}",
            "{\"id\":1,\"attributes\":{\"title\":\"b\"}}");
    byte[] both = ",id,title,\n0,7,a,\n".getBytes(StandardCharsets.UTF_8);
    assertThat(rows(csv(both, Optional.empty(), Optional.of("-")), titled()))
        .map(FormatsTest::text)
        .containsExactly("{\"id\":7,\"attributes\":{\"title\":\"a\"}}");
  }

  @Test
  void aHeadThatMakesNoSenseIsExplained() {
    assertThatThrownBy(() -> csv("id,a,a\n".getBytes(UTF_8), none(), none()).open(EMPTY))
        .hasMessageContaining("two columns 'a'");
    assertThatThrownBy(() -> csv(new byte[0], none(), none()).open(EMPTY))
        .hasMessageContaining("is empty");
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstColumnsName() throws IOException {
    byte[] marked = "\uFEFFid,title\n1,a\n".getBytes(UTF_8);
    assertThat(rows(csv(marked, none(), none()), titled()))
        .map(FormatsTest::text)
        .containsExactly("{\"id\":1,\"attributes\":{\"title\":\"a\"}}");
    byte[] utf16 = "id,title\n1,\u00e4\uD83D\uDE00\n".getBytes(StandardCharsets.UTF_16);
    List<Row> rows = rows(csv(utf16, Optional.of("utf-16"), none()), titled());
    assertThat(json(rows.getFirst()).path("attributes").path("title").asText())
        .isEqualTo("\u00e4\uD83D\uDE00");
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirPlaceOrDecodedAsTold() throws IOException {
    String cells = "id,title\n1,ok\n2,caf\u00e9\n3,ok\n";
    byte[] latin = cells.getBytes(StandardCharsets.ISO_8859_1);
    List<Row> rows = rows(csv(latin, none(), none()), titled());
    assertThat(text(rows.get(0))).contains("ok");
    assertThat(rows.get(1).number()).isEqualTo(3);
    assertThat(reason(rows.get(1))).startsWith("title, character 4: bytes that are not UTF-8");
    assertThat(reason(rows.get(1))).contains("--charset");
    assertThat(text(rows.get(2))).contains("ok");
    assertThat(rows(csv(latin, Optional.of("latin1"), none()), titled()))
        .element(1)
        .satisfies(row -> assertThat(text(row)).contains("caf\u00e9"));
    byte[] head = "id,titl\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> csv(head, none(), none()).open(titled()))
        .hasMessageContaining("line 1: column 2: bytes that are not UTF-8");
    assertThatThrownBy(() -> csv(head, Optional.of("klingon"), none()))
        .hasMessageContaining("--charset is 'klingon'");
  }

  @Test
  void linesHaveTheSameNumbersInEveryEncoding() throws IOException {
    String lines = "{\"id\":\r1}\r\n\n{\"id\":2}\r";
    for (String charset : List.of("UTF-8", "UTF-16", "ISO-8859-1")) {
      Path file = temp.resolve(charset + ".jsonl");
      Files.write(file, lines.getBytes(Charset.forName(charset)));
      List<Row> rows =
          rows(
              new JsonLinesFormat(
                  file, FieldNames.USUAL, TextOptions.of(Optional.of(charset), none())),
              EMPTY);
      assertThat(rows).as(charset).hasSize(3);
      assertThat(text(rows.get(0))).as(charset).isEqualTo("{\"id\":\r1}");
      assertThat(text(rows.get(2))).as(charset).isEqualTo("{\"id\":2}");
      assertThat(rows.get(2).number()).isEqualTo(3);
    }
  }

  @Test
  void linesThatAreNoTextAreRefusedWithTheirPlaceOrDecodedAsTold() throws IOException {
    String lines = "{\"id\":1,\"t\":\"\u20ac\"}\n{\"id\":2,\"t\":\"caf\u00e9\"}\n";
    Charset windows = Charset.forName("windows-1252");
    Path path = Files.write(temp.resolve("a.jsonl"), lines.getBytes(windows));
    List<Row> rows = rows(new JsonLinesFormat(path, FieldNames.USUAL, TextOptions.USUAL), EMPTY);
    assertThat(reason(rows.get(0))).startsWith("column 14: bytes that are not UTF-8");
    assertThat(reason(rows.get(1))).startsWith("column 17: bytes that are not UTF-8");
    TextOptions told = TextOptions.of(Optional.of("windows-1252"), none());
    assertThat(rows(new JsonLinesFormat(path, FieldNames.USUAL, told), EMPTY))
        .map(FormatsTest::text)
        .containsExactly(
            "{\"id\":1,\"attributes\":{\"t\":\"\u20ac\"}}",
            "{\"id\":2,\"attributes\":{\"t\":\"caf\u00e9\"}}");
    TextOptions wrong = TextOptions.of(Optional.of("US-ASCII"), none());
    assertThat(reason(rows(new JsonLinesFormat(path, FieldNames.USUAL, wrong), EMPTY).get(1)))
        .startsWith("column 17: bytes that are not US-ASCII");
  }

  @Test
  void textIsDecodedTheSameHoweverItIsCut() throws IOException {
    String pattern = "a\u00e4\u20ac\uD83D\uDE00";
    for (int before = 0; before < 8; before++) {
      String whole = "x".repeat(before) + pattern.repeat(20_000);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(whole.getBytes(UTF_8));
      bytes.write(0xC3); // half a character at the end
      StringWriter read = new StringWriter();
      try (StrictText text = new StrictText(new ByteArrayInputStream(bytes.toByteArray()), UTF_8)) {
        text.transferTo(read);
      }
      assertThat(read.toString()).isEqualTo(whole + "\uDCC3");
      assertThat(StrictText.firstBad(read.toString())).hasValue(whole.length());
    }
  }

  @Test
  void anIdIsNeverChanged() throws IOException {
    String ids = "-5,18446744073709551616,007, a b ,1.0,-0,12";
    Path path =
        file("a.csv", "id\n" + Stream.of(ids.split(",")).map(id -> id + "\n").collect(joining()));
    assertThat(rows(new CsvFormat(path, FieldNames.USUAL, TextOptions.USUAL), EMPTY))
        .map(row -> json(row).path("id").toString())
        .containsExactly(
            "-5", "18446744073709551616", "\"007\"", "\" a b \"", "\"1.0\"", "\"-0\"", "12");
    assertThat(rows(new CsvFormat(path, new FieldNames("id", "v", true), TextOptions.USUAL), EMPTY))
        .map(row -> json(row).path("id").asText())
        .containsExactly(ids.split(","));
  }

  @Test
  void aNumberIsWrittenInDecimalDigits() throws IOException {
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("x", Attribute.of(AttributeType.FLOAT));
    Path path = file("a.csv", "id,x\n1,.5e1\n2,1f\n3,0x1p3\n4,NaN\n");
    List<Row> rows =
        rows(
            new CsvFormat(path, FieldNames.USUAL, TextOptions.USUAL),
            new Schema(List.of(), attributes));
    assertThat(text(rows.getFirst())).contains("5.0");
    assertThat(rows.subList(1, 4))
        .allSatisfy(row -> assertThat(reason(row)).endsWith("expected float"));
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
