package io.elacsym.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
  private static final String NAME = "books/manifest.json";

  @Test
  void whatIsWrittenReadsBackTheSame() {
    Seeded.run(random -> {
      for (int round = 0; round < 300; round++) {
        Manifest manifest = Manifests.random(random);
        byte[] bytes = ManifestJson.write(manifest);
        assertThat(ManifestJson.read(NAME, bytes)).isEqualTo(manifest);
        assertThat(ManifestJson.read(NAME, bytes).schema().attributes().keySet())
            .as("the order of declaration")
            .containsExactlyElementsOf(manifest.schema().attributes().keySet());
        assertThat(ManifestJson.write(ManifestJson.read(NAME, bytes))).isEqualTo(bytes);
      }
    });
  }

  /** The file was released: it is never to change. A new format gets a file beside it. */
  @Test
  void theGoldenManifestOfFormat2ReadsAndIsWrittenByteForByte() throws IOException {
    isReadAndWritten("/golden/manifest-2.json", Manifests.golden());
  }

  /** Recipes came later, and a reader that does not know them skips them. */
  @Test
  void theGoldenManifestWithRecipesReadsAndIsWrittenByteForByte() throws IOException {
    isReadAndWritten("/golden/manifest-2-recipes.json", Manifests.goldenWithRecipes());
  }

  private static void isReadAndWritten(String file, Manifest manifest) throws IOException {
    byte[] golden;
    try (InputStream stream = ManifestJsonTest.class.getResourceAsStream(file)) {
      golden = Objects.requireNonNull(stream).readAllBytes();
    }
    assertThat(ManifestJson.read(NAME, golden)).isEqualTo(manifest);
    assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
  }

  @Test
  void everyTurnedBitIsCorruptOrChangesNothing() {
    Seeded.run(random -> {
      byte[] bytes = ManifestJson.write(Manifests.golden());
      int unchanged = 0;
      for (int at = 0; at < bytes.length; at++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        try {
          assertThat(ManifestJson.read(NAME, damaged)).isEqualTo(Manifests.golden());
          unchanged++;
        } catch (ElacsymException e) {
          assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
          assertThat(e.getMessage()).contains(NAME);
        }
      }
      assertThat(unchanged).as("such as in white space").isLessThan(bytes.length / 100);
    });
  }

  @Test
  void everyTruncationIsCorrupt() {
    byte[] bytes = ManifestJson.write(Manifests.golden());
    for (int length = 0; length < bytes.length; length++) {
      assertCorrupt(Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void bytesBehindTheManifestAreCorrupt() {
    byte[] bytes = ManifestJson.write(Manifests.golden());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = '}';
    assertCorrupt(longer, NAME);
    assertCorrupt(concat(bytes, bytes), NAME);
  }

  @Test
  void whatIsNoManifestIsCorrupt() {
    assertCorrupt(json(""), NAME);
    assertCorrupt(json("[]"), "no JSON object");
    assertCorrupt(json("42"), "no JSON object");
    assertCorrupt(json("{}"), "no JSON object with a format");
    assertCorrupt(json("{\"format\": \"1\"}"), "no JSON object with a format");
    assertCorrupt(json("{\"format\": 2}"), "checksum");
    assertCorrupt(json("{\"format\": 3, \"crc32c\": 0}"), "checksum");
    assertCorrupt(new byte[] {0, 0, 0, 0x7b, 0, 0, 0, 0x7d, 1, 2, 3}, NAME);
  }

  @Test
  void anotherFormatIsNamedTogetherWithTheKnownOne() {
    byte[] earlier = edited("\"format\" : 2", "\"format\" : 1");
    assertCorrupt(earlier, NAME, "has format 1", "reads 2", "earlier build", "import");
    assertThat(ManifestJson.isOfOtherFormat(earlier)).isTrue();
    byte[] later = edited("\"format\" : 2", "\"format\" : 3");
    assertCorrupt(later, NAME, "has format 3", "reads 2", "newer version");
    assertThat(ManifestJson.isOfOtherFormat(later)).isTrue();
    assertThat(ManifestJson.isOfOtherFormat(ManifestJson.write(Manifests.golden()))).isFalse();
    assertThat(ManifestJson.isOfOtherFormat(json("{\"format\": 1, \"crc32c\": 0}"))).isFalse();
    assertThat(ManifestJson.isOfOtherFormat(json("{\"format\": 1,"))).isFalse();
  }

  @Test
  void theChecksumCoversTheContentAndNotTheWhiteSpace() {
    String pretty = new String(ManifestJson.write(Manifests.golden()), StandardCharsets.UTF_8);
    String compact = pretty.replaceAll("\\n *", "");
    assertThat(ManifestJson.read(NAME, json(compact))).isEqualTo(Manifests.golden());
    assertCorrupt(json(pretty.replace("\"epoch\" : 3", "\"epoch\" : 4")), "checksum");
  }

  /** Only a bug or a hand can make these: the checksum holds, the content does not. */
  @Test
  void impossibleContentIsCorruptWhateverItsChecksum() {
    assertCorrupt(edited("\"epoch\" : 3", "\"epoch\" : \"3\""), "'epoch'", "whole number");
    assertCorrupt(edited("\"epoch\" : 3", "\"epoch\" : 3.5"), "'epoch'");
    assertCorrupt(edited("\"epoch\" : 3", "\"other\" : 3"), "'epoch' is missing");
    assertCorrupt(edited("\"rows\" : 1000", "\"rows\" : 3000000000"), NAME);
    assertCorrupt(edited("\"state\" : \"active\"", "\"state\" : \"asleep\""), "asleep");
    assertCorrupt(edited("\"name\" : \"title\"", "\"name\" : \"id\""), "'id'");
    assertCorrupt(edited("2026-01-02T03:04:05.678Z", "yesterday"), "yesterday");
    assertCorrupt(edited("\"indexed\" : true", "\"indexed\" : 1"), "'indexed'", "true or false");
    assertCorrupt(edited("\"k1\" : 1.2", "\"k1\" : \"NaN\""), "'k1'", "a number");
    assertCorrupt(
        edited("\"commit_id\" : \"2c26b46b68ffc68f\"", "\"commit_id\" : null"), "commit_id");
  }

  /** A later version of this program may add members; what it may not do is rename any. */
  @Test
  void membersThatNobodyKnowsAreSkipped() {
    byte[] bytes = edited("\"epoch\" : 3,", "\"epoch\" : 3,\n  \"later\" : [ ],");
    assertThat(ManifestJson.read(NAME, bytes)).isEqualTo(Manifests.golden());
  }

  private static void assertCorrupt(byte[] bytes, String... parts) {
    assertThatThrownBy(() -> ManifestJson.read(NAME, bytes))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
              assertThat(e.getMessage()).contains(NAME);
              assertThat(parts).allSatisfy(part -> assertThat(e.getMessage()).contains(part));
            });
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** The golden manifest with another text in it and a checksum that holds, made independently. */
  private static byte[] edited(String before, String after) {
    String text = new String(ManifestJson.write(Manifests.golden()), StandardCharsets.UTF_8);
    assertThat(text).contains(before);
    String rest = text.substring(0, text.indexOf(",\n  \"crc32c\"")).replaceFirst(before, after);
    CRC32C crc = new CRC32C();
    // No text of the golden manifest has white space in it.
    crc.update(json(rest.replaceAll("\\s", "") + "}"));
    return json(rest + ",\n  \"crc32c\" : " + crc.getValue() + "\n}");
  }
}
