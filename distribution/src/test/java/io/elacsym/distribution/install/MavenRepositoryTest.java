package io.elacsym.distribution.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.client.ScriptedServer;
import io.elacsym.distribution.client.ScriptedServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenRepositoryTest {
  private static final Coordinates FLAT = Coordinates.of("com.example:elacsym-flat:1.0.0");
  private static final String PATH =
      "/maven/com/example/elacsym-flat/1.0.0/elacsym-flat-1.0.0-plugin.zip";
  private static final byte[] BYTES = "a packed plugin".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ScriptedServer server;
  private MavenRepository repository;
  private Path to;

  @BeforeEach
  void start() throws IOException {
    server =
        new ScriptedServer(request -> {
          String path = request.substring(request.indexOf(' ') + 1);
          asked.add(path);
          byte[] bytes = files.get(path);
          return bytes == null
              ? new Answer(path.contains("broken") ? 500 : 404, "")
              : Answer.of(bytes);
        });
    repository = new MavenRepository(server.url() + "/maven");
    to = temp.resolve("fetched.zip");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] sum(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(algorithm).digest(bytes))
          .getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPluginIsAZipWithAClassifierInMavensLayout() throws IOException {
    files.put(PATH, BYTES);
    files.put(PATH + ".sha256", sum("SHA-256", BYTES));
    repository.fetch(FLAT, to);
    assertThat(to).hasBinaryContent(BYTES);
    assertThat(asked).containsExactly(PATH + ".sha256", PATH);
  }

  @Test
  void theOlderChecksumIsTakenWhereThereIsNoOther() throws IOException {
    files.put(PATH, BYTES);
    files.put(
        PATH + ".sha1",
        (new String(sum("SHA-1", BYTES), StandardCharsets.US_ASCII) + "  some-name.zip\n")
            .getBytes(StandardCharsets.US_ASCII));
    repository.fetch(FLAT, to);
    assertThat(to).hasBinaryContent(BYTES);
  }

  @Test
  void otherBytesThanTheChecksumSaysAreNotKept() {
    files.put(PATH, BYTES);
    files.put(PATH + ".sha256", sum("SHA-256", new byte[] {1}));
    files.put(PATH + ".sha1", sum("SHA-1", BYTES));
    assertThatThrownBy(() -> repository.fetch(FLAT, to))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
        .hasMessageContaining(PATH)
        .hasMessageContaining("SHA-256");
    assertThat(to).doesNotExist();
  }

  @Test
  void withoutAChecksumNothingIsFetched() {
    files.put(PATH, BYTES);
    assertThatThrownBy(() -> repository.fetch(FLAT, to))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
        .hasMessageContaining("classifier 'plugin'");
    assertThat(asked).doesNotContain(PATH);
    files.put(PATH + ".sha256", "<html>".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> repository.fetch(FLAT, to)).hasMessageContaining("is no SHA-256");
    assertThat(Files.exists(to)).isFalse();
  }

  @Test
  void aRepositoryThatDoesNotAnswerIsUnavailable() {
    Coordinates broken = Coordinates.of("com.broken:x:1");
    assertThatThrownBy(() -> repository.fetch(broken, to))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining("500");
    server.close();
    assertThatThrownBy(() -> repository.fetch(FLAT, to))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  @Test
  void coordinatesAreReleasesOfThreeParts() {
    assertThat(Coordinates.isOne("com.example:x:1.0")).isTrue();
    assertThat(Coordinates.isOne("target/plugin")).isFalse();
    assertThat(Coordinates.isOne("com.example:../x:1.0")).isFalse();
    assertThatThrownBy(() -> Coordinates.of("com.example:x"))
        .hasMessageContaining("group:artifact:version");
    assertThatThrownBy(() -> Coordinates.of("com.example:x:1-SNAPSHOT"))
        .hasMessageContaining("snapshot");
    assertThatThrownBy(() -> new MavenRepository("file:///etc"))
        .hasMessageContaining("expected a URL");
  }
}
