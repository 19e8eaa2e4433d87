package io.elacsym.distribution.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.client.ScriptedServer;
import io.elacsym.distribution.client.ScriptedServer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
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

  private static final MavenRepository.Meter NOT_TOLD = (bytes, all) -> {};

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
    repository.fetch(FLAT, to, NOT_TOLD);
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
    repository.fetch(FLAT, to, NOT_TOLD);
    assertThat(to).hasBinaryContent(BYTES);
  }

  @Test
  void otherBytesThanTheChecksumSaysAreNotKept() {
    files.put(PATH, BYTES);
    files.put(PATH + ".sha256", sum("SHA-256", new byte[] {1}));
    files.put(PATH + ".sha1", sum("SHA-1", BYTES));
    assertThatThrownBy(() -> repository.fetch(FLAT, to, NOT_TOLD))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
        .hasMessageContaining(PATH)
        .hasMessageContaining("SHA-256");
    assertThat(to).doesNotExist();
  }

  @Test
  void withoutAChecksumNothingIsFetched() {
    files.put(PATH, BYTES);
    assertThatThrownBy(() -> repository.fetch(FLAT, to, NOT_TOLD))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
        .hasMessageContaining("classifier 'plugin'");
    assertThat(asked).doesNotContain(PATH);
    files.put(PATH + ".sha256", "<html>".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> repository.fetch(FLAT, to, NOT_TOLD))
        .hasMessageContaining("is no SHA-256");
    assertThat(Files.exists(to)).isFalse();
  }

  @Test
  void aRepositoryThatDoesNotAnswerIsUnavailable() {
    Coordinates broken = Coordinates.of("com.broken:x:1");
    assertThatThrownBy(() -> repository.fetch(broken, to, NOT_TOLD))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining("500");
    server.close();
    assertThatThrownBy(() -> repository.fetch(FLAT, to, NOT_TOLD))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  @Test
  void howMuchHasComeIsTold() {
    files.put(PATH, BYTES);
    files.put(PATH + ".sha256", sum("SHA-256", BYTES));
    List<String> told = new ArrayList<>();
    repository.fetch(FLAT, to, (bytes, all) -> told.add(bytes + "/" + all));
    assertThat(told).last().isEqualTo(BYTES.length + "/" + BYTES.length);
  }

  @Test
  void whatIsTooLargeIsNotFetchedToItsEnd() {
    files.put(PATH, BYTES);
    files.put(PATH + ".sha256", sum("SHA-256", BYTES));
    Download.Limits small =
        new Download.Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), BYTES.length - 1);
    MavenRepository strict = new MavenRepository(server.url() + "/maven", small);
    assertThatThrownBy(() -> strict.fetch(FLAT, to, NOT_TOLD))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining("is larger than " + (BYTES.length - 1) + " bytes");
    assertThat(to).doesNotExist();
  }

  /** The head says more bytes than come, and the connection stays open. */
  @Test
  void aDownloadThatStopsInTheMiddleIsGivenUp() throws IOException {
    Download.Limits impatient =
        new Download.Limits(Duration.ofMillis(300), Duration.ofMinutes(5), 1 << 20);
    try (ServerSocket stalling = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      List<Socket> open = new CopyOnWriteArrayList<>();
      Thread.ofVirtual()
          .start(() -> {
            for (String body : List.of("a".repeat(64), "PK")) {
              try {
                open.add(stalling.accept());
                Socket socket = open.getLast();
                BufferedReader in =
                    new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                while (!in.readLine().isEmpty()) {
                  // The rest of the head.
                }
                int length = body.length() == 64 ? 64 : 1000;
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + body;
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (length == 64) {
                  socket.close();
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
      MavenRepository slow =
          new MavenRepository("http://localhost:" + stalling.getLocalPort() + "/maven", impatient);
      assertThatThrownBy(() -> slow.fetch(FLAT, to, NOT_TOLD))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
          .hasMessageContaining(PATH + " stopped after 2 bytes");
      assertThat(to).doesNotExist();
      for (Socket socket : open) {
        socket.close();
      }
    }
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
