package io.elacsym.distribution.install;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A Maven repository over HTTP, from which packed plugins are fetched. */
public final class MavenRepository {
  /** Where artifacts are published that say nothing else. */
  public static final String CENTRAL = "https://repo.maven.apache.org/maven2";

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
  private final Download.Limits limits;

  /**
   * A repository.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when it is no URL
   */
  public MavenRepository(String url) {
    this(url, Download.Limits.USUAL);
  }

  MavenRepository(String url, Download.Limits limits) {
    this.limits = limits;
    if (!url.matches("https?://[^\\s?#]+")) {
      throw ElacsymException.invalid(
          "the repository is '" + url + "', expected a URL such as " + CENTRAL);
    }
    base = url.endsWith("/") ? url : url + "/";
  }

  /** What is told of a download under way. */
  @FunctionalInterface
  public interface Meter {
    /**
     * Some of it has come.
     *
     * @param bytes so far
     * @param all how many there will be; -1 when the repository does not say
     */
    void at(long bytes, long all);
  }

  /**
   * Fetches a packed plugin and holds it to the checksum that the repository has of it.
   *
   * @param to a file that is not there yet, and is not there after a failure either
   * @throws ElacsymException {@code NOT_FOUND} when there is no such plugin, {@code CORRUPT} when
   *     bytes and checksum differ, {@code UNAVAILABLE} when the repository does not answer
   */
  public void fetch(Coordinates plugin, Path to, Meter meter) {
    boolean whole = false;
    HttpClient http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(limits.silence())
            .build();
    URI file = URI.create(base + plugin.path());
    try {
      fetch(http, file, to, meter);
      whole = true;
    } catch (IOException e) {
      throw ElacsymException.unavailable(file + " cannot be fetched (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ElacsymException.unavailable("interrupted while fetching " + file, e);
    } finally {
      // Its close would wait for a request that nobody reads any more.
      http.shutdownNow();
      if (!whole) {
        delete(to);
      }
    }
  }

  private static void delete(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // Why the download failed is what has to be told.
    }
  }

  private void fetch(HttpClient http, URI file, Path to, Meter meter)
      throws IOException, InterruptedException {
    for (Checksum checksum : Checksum.values()) {
      Optional<String> expected = checksum(http, file, checksum);
      if (expected.isPresent()) {
        String actual = download(http, file, checksum, to, meter);
        if (!actual.equals(expected.get())) {
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
  }

  private Optional<String> checksum(HttpClient http, URI file, Checksum checksum)
      throws IOException, InterruptedException {
    URI uri = URI.create(file + "." + checksum.name().toLowerCase(Locale.ROOT));
    try (Download download = Download.of(http, uri, limits)) {
      if (download.status() == 404) {
        return Optional.empty();
      }
      expectOk(uri, download);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      download.writeTo(bytes, LONGEST_CHECKSUM_FILE, so -> {});
      String text = bytes.toString(StandardCharsets.US_ASCII).strip();
      // Some tools write the name of the file behind it.
      String sum = text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      if (!sum.matches("[0-9a-f]+") || sum.length() != 2 * digest(checksum).getDigestLength()) {
        throw ElacsymException.corrupt(uri + " is no " + checksum.algorithm + " checksum");
      }
      return Optional.of(sum);
    }
  }

  private String download(HttpClient http, URI file, Checksum checksum, Path to, Meter meter)
      throws IOException, InterruptedException {
    MessageDigest digest = digest(checksum);
    try (Download download = Download.of(http, file, limits)) {
      expectOk(file, download);
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
        download.writeTo(out, limits.bytes(), so -> meter.at(so, download.size()));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void expectOk(URI uri, Download download) {
    if (download.status() == 404) {
      throw ElacsymException.notFound(uri + " is not there");
    }
    if (download.status() != 200) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE, uri + " was answered with HTTP status " + download.status());
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
