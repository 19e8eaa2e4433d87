package io.elacsym.distribution.install;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A Maven repository over HTTP, from which packed plugins are fetched. */
public final class MavenRepository {
  /** Where artifacts are published that say nothing else. */
  public static final String CENTRAL = "https://repo.maven.apache.org/maven2";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_CHECKSUM_FILE = 4096;

  /** What a repository has beside a file, the better one first. */
  private enum Checksum {
    SHA256("SHA-256"),
    SHA1("SHA-1");

    private final String algorithm;

    Checksum(String algorithm) {
      this.algorithm = algorithm;
    }
  }

  private final String base;

  /**
   * A repository.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when it is no URL
   */
  public MavenRepository(String url) {
    if (!url.matches("https?://[^\\s?#]+")) {
      throw ElacsymException.invalid(
          "the repository is '" + url + "', expected a URL such as " + CENTRAL);
    }
    base = url.endsWith("/") ? url : url + "/";
  }

  /**
   * Fetches a packed plugin and holds it to the checksum that the repository has of it.
   *
   * @param to a file that is not there yet
   * @throws ElacsymException {@code NOT_FOUND} when there is no such plugin, {@code CORRUPT} when
   *     bytes and checksum differ, {@code UNAVAILABLE} when the repository does not answer
   */
  public void fetch(Coordinates plugin, Path to) {
    URI file = URI.create(base + plugin.path());
    try (HttpClient http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build()) {
      for (Checksum checksum : Checksum.values()) {
        Optional<String> expected = checksum(http, file, checksum);
        if (expected.isPresent()) {
          String actual = download(http, file, checksum, to);
          if (!actual.equals(expected.get())) {
            Files.deleteIfExists(to);
            throw ElacsymException.corrupt(
                file
                    + " has the "
                    + checksum.algorithm
                    + " "
                    + actual
                    + ", expected "
                    + expected.get()
                    + " as the repository says; try again, and tell the repository if it stays so");
          }
          return;
        }
      }
      throw ElacsymException.notFound(
          file
              + " has no checksum beside it (.sha256 or .sha1), so either there is no such plugin"
              + " or the repository is none; a plugin is published as a zip with the classifier"
              + " 'plugin'");
    } catch (IOException e) {
      throw ElacsymException.unavailable(file + " cannot be fetched (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ElacsymException.unavailable("interrupted while fetching " + file, e);
    }
  }

  private static Optional<String> checksum(HttpClient http, URI file, Checksum checksum)
      throws IOException, InterruptedException {
    URI uri = URI.create(file + "." + checksum.name().toLowerCase(Locale.ROOT));
    HttpResponse<InputStream> answer = http.send(request(uri), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 404) {
        return Optional.empty();
      }
      expectOk(answer);
      String text =
          new String(body.readNBytes(LONGEST_CHECKSUM_FILE), StandardCharsets.US_ASCII).strip();
      // Some tools write the name of the file behind it.
      String sum = text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      if (!sum.matches("[0-9a-f]+") || sum.length() != 2 * digest(checksum).getDigestLength()) {
        throw ElacsymException.corrupt(uri + " is no " + checksum.algorithm + " checksum");
      }
      return Optional.of(sum);
    }
  }

  private static String download(HttpClient http, URI file, Checksum checksum, Path to)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = http.send(request(file), BodyHandlers.ofInputStream());
    MessageDigest digest = digest(checksum);
    try (InputStream body = answer.body()) {
      expectOk(answer);
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
        body.transferTo(out);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static HttpRequest request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
  }

  private static void expectOk(HttpResponse<?> answer) {
    if (answer.statusCode() == 404) {
      throw ElacsymException.notFound(answer.uri() + " is not there");
    }
    if (answer.statusCode() != 200) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE,
          answer.uri() + " was answered with HTTP status " + answer.statusCode());
    }
  }

  private static MessageDigest digest(Checksum checksum) {
    try {
      return MessageDigest.getInstance(checksum.algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
