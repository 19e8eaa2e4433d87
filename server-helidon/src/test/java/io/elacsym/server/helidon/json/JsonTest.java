package io.elacsym.server.helidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteOp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no JSON, too much of it, or told of it. */
class JsonTest {
  private static Schema schema(String json) {
    try {
      return SchemaJson.read(
          new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Metric.COSINE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another text plugin may know others than the one that comes with Elacsym. */
  @Test
  void whichLanguagesThereAreIsNotForTheServerToSay() {
    Schema schema =
        schema(
            """
            {"attributes":{"s":{"type":"string","full_text":{"language":"elvish"}}}}
            """);
    assertThat(schema.attribute("s").orElseThrow().fullText().orElseThrow().language())
        .isEqualTo("elvish");
  }

  private static ElacsymException refused(byte[] body) {
    ElacsymException e =
        catchThrowableOfType(
            ElacsymException.class, () -> UpsertJson.read(new ByteArrayInputStream(body)));
    assertThat(e).isNotNull();
    return e;
  }

  private static ElacsymException refusedDocument(String document) {
    return refused(("{\"documents\":[" + document + "]}").getBytes(StandardCharsets.UTF_8));
  }

  private static void expectPlain(ElacsymException e) {
    String message = String.valueOf(e.getMessage());
    assertThat(message.codePointCount(0, message.length())).isLessThan(500);
    assertThat(message)
        .doesNotContain("Feature", "REDACTED", "java.", "Text[", "Json", "fasterxml", "`");
    assertThat(new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .describedAs("whole characters")
        .isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s", "year", "at", "key", "on", "f", "u", "tags", "numbers"})
  void aMalformedStringIsMalformedWhateverIsExpected(String attribute) {
    for (String value : new String[] {"\"\\x\"", "\"\\u12\"", "\"a", "\"\u0001\""}) {
      ElacsymException e =
          refusedDocument("{\"id\":1,\"attributes\":{\"" + attribute + "\":" + value);
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
      expectPlain(e);
    }
    assertThat(refusedDocument("{\"id\":1,\"vector\":\"\\x\"}").kind())
        .isEqualTo(ErrorKind.INVALID_REQUEST);
    assertThat(refusedDocument("{\"id\":{\"\\x\":1}}").kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[}",
        "{\"a\":1,}",
        "{\"documents\":[}",
        "{/*",
        "nope",
        "{\"documents\":[01]}",
        "{\"documents\":[{\"id\":1}}",
        "{'a':1}",
        "{\"documents\":[{\"id\":1,\"id\":2}]}",
        "\u0000",
        "{\"documents\":[.5]}",
        "{\"documents\":[+1]}",
        "{\"documents\":[-Inf]}"
      })
  void whatIsNoJsonIsToldInPlainWords(String body) {
    ElacsymException e = refused(body.getBytes(StandardCharsets.UTF_8));
    assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    expectPlain(e);
  }

  /** Overlong forms, surrogates, too great code points, cut off characters, Latin-1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080", "c1bf", "e08080", "e09fbf", "f0808080", "f08fbfbf", "eda080", "edbfbf", "f4908080",
        "f5808080", "80", "bf", "ff", "fe", "c3", "e282", "f09f98", "e4"
      })
  void onlyUtf8IsUtf8(String bytes) {
    byte[] wrong = HexFormat.of().parseHex(bytes);
    byte[] start = "{\"documents\":[{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    byte[] end = "\"}]}".getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[start.length + wrong.length + end.length];
    System.arraycopy(start, 0, body, 0, start.length);
    System.arraycopy(wrong, 0, body, start.length, wrong.length);
    System.arraycopy(end, 0, body, start.length + wrong.length, end.length);
    ElacsymException e = refused(body);
    assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    assertThat(e).hasMessageContaining("UTF-8");
    expectPlain(e);
  }

  @Test
  void everyCodePointOfUtf8IsRead() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int point = 0x20; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        all.appendCodePoint(point);
      }
    }
    String text = all.toString().replace("\\", "").replace("\"", "");
    byte[] body = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
    String read = Json.read(new ByteArrayInputStream(body), parser -> parser.getText());
    assertThat(read).isEqualTo(text);
  }

  @Test
  void otherEncodingsAreRefused() {
    String body = "{\"documents\":[{\"id\":1}]}";
    for (var charset :
        new java.nio.charset.Charset[] {
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE,
          java.nio.charset.Charset.forName("UTF-32")
        }) {
      assertThat(refused(body.getBytes(charset)).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    }
  }

  @Test
  void halfASurrogatePairIsRefusedAndNotRepeatedWhole() {
    String half = "\\ud83d".repeat(100_000);
    for (String document : new String[] {"{\"id\":\"" + half + "\"}", "{\"\\ud83d\":1}"}) {
      ElacsymException e = refusedDocument(document);
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
      String message = String.valueOf(e.getMessage());
      assertThat(message.length()).isLessThan(2_000);
      assertThat(message.chars().noneMatch(c -> Character.isSurrogate((char) c))).isTrue();
    }
  }

  @Test
  void inputsAreRepeatedInWholeCharactersAndNotTooLong() {
    for (int length = 150; length < 260; length++) {
      String text = "a".repeat(length % 2) + "\ud83d\ude00".repeat(length);
      expectPlain(refusedDocument("{\"" + text + "\":1}"));
      expectPlain(refusedDocument("{\"id\":\"" + text + "\"}"));
    }
  }

  @Test
  void aStringBeyondTheLimitIsTooLargeAndTheLimitIsTold() {
    ElacsymException e =
        refusedDocument(
            "{\"id\":1,\"attributes\":{\"s\":\"" + "x".repeat(Json.MAX_STRING + 1) + "\"}}");
    assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE);
    assertThat(e).hasMessageContaining("8388608");
    expectPlain(e);
  }

  @Test
  void aNumberOfManyDigitsIsRefusedInPlainWords() {
    for (String field : new String[] {"year", "f", "u", "at"}) {
      ElacsymException e =
          refusedDocument(
              "{\"id\":1,\"attributes\":{\"" + field + "\":" + "9".repeat(5_000) + "}}");
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
      expectPlain(e);
    }
  }

  @Test
  void whatIsMadeOfARequestIsToldWhileItIsRead() {
    AtomicLong told = new AtomicLong();
    String body = "{\"documents\":[{\"id\":1,\"attributes\":{\"numbers\":[" + "1,".repeat(100_000);
    long limit = 1_000_000;
    ElacsymException e =
        catchThrowableOfType(
            ElacsymException.class,
            () ->
                Built.counted(
                    bytes -> {
                      if (told.addAndGet(bytes) > limit) {
                        throw new ElacsymException(ErrorKind.TOO_LARGE, "enough");
                      }
                    },
                    () ->
                        UpsertJson.read(
                            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
    assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE);
    assertThat(told.get()).isLessThan(limit + 1_000);
  }

  @Test
  void aTreeIsSmallOrRefused() {
    for (String many :
        new String[] {
          "[" + "1,".repeat(SmallTree.MAX_VALUES) + "1]",
          "[" + "[],".repeat(SmallTree.MAX_VALUES) + "1]",
          "[" + ("\"" + "x".repeat(1 << 20) + "\",").repeat(13) + "1]"
        }) {
      ElacsymException e =
          catchThrowableOfType(
              ElacsymException.class,
              () -> Json.read(many.getBytes(StandardCharsets.UTF_8), parser -> Json.tree(parser)));
      assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE);
    }
  }

  private static Object depth(int levels) {
    byte[] nested = ("[".repeat(levels) + "]".repeat(levels)).getBytes(StandardCharsets.UTF_8);
    return Json.read(nested, Json::tree);
  }

  @Test
  void arraysNestTwoHundredDeepAndNoDeeper() {
    assertThat(depth(Json.MAX_DEPTH)).isNotNull();
    ElacsymException e =
        catchThrowableOfType(ElacsymException.class, () -> depth(Json.MAX_DEPTH + 1));
    assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    assertThat(e).hasMessageContaining("nested deeper than 200");
  }

  @Test
  void aNumberHasAThousandDigitsAndNoMore() throws IOException {
    String longest = "-1." + "0".repeat(999);
    String document = "{\"id\":1,\"attributes\":{\"f\":%s}}";
    byte[] whole =
        ("{\"documents\":[" + document.formatted(longest) + "]}").getBytes(StandardCharsets.UTF_8);
    assertThat(UpsertJson.read(new ByteArrayInputStream(whole)).operations()).hasSize(1);
    assertThat(refusedDocument(document.formatted(longest + "0")))
        .hasMessageContaining("a number has more than 1000 digits");
  }

  @Test
  void aKeyHasFourThousandNinetySixCharactersAndNoMore() {
    for (int length : new int[] {4_096, 4_097}) {
      ElacsymException e = refusedDocument("{\"id\":1,\"" + "k".repeat(length) + "\":1}");
      assertThat(e)
          .hasMessageContaining(length > 4_096 ? "more than 4096 characters" : "unknown key");
    }
  }

  @Test
  void aTreeOfJustTheLimitsIsRead() {
    for (String most :
        new String[] {
          "[" + "1,".repeat(SmallTree.MAX_VALUES - 2) + "1]",
          "[" + ("\"" + "x".repeat(1 << 20) + "\",").repeat(12) + "1]"
        }) {
      assertThat(Json.read(most.getBytes(StandardCharsets.UTF_8), Json::tree).isArray()).isTrue();
    }
  }

  @Test
  void aDeleteHasAMillionIdsAndNoMore() {
    String most = "{\"ids\":[" + "1,".repeat(DeleteJson.MAX_IDS - 1) + "1";
    assertThat(deletes(most + "]}")).hasSize(1_000_000);
    ElacsymException e = catchThrowableOfType(ElacsymException.class, () -> deletes(most + ",1]}"));
    assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE);
    assertThat(e).hasMessageContaining("more than 1000000 ids");
  }

  @Test
  void idsAreCountedOnce() {
    AtomicLong told = new AtomicLong();
    List<WriteOp> deletes =
        Built.counted(told::addAndGet, () -> deletes("{\"ids\":[1,\"two\",3]}"));
    assertThat(told.get()).isEqualTo(deletes.size() * Footprint.ID);
  }

  private static List<WriteOp> deletes(String json) {
    try {
      return DeleteJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
          .operations();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
