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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * One answer of a repository, which may be slow, endless, or stop in the middle: none of that keeps
 * a command for ever, or fills the disk. For one thread.
 */
final class Download implements AutoCloseable {
  /**
   * What a download may take.
   *
   * @param silence after which nothing more is expected
   * @param all after which it is given up, whatever has come
   * @param bytes of a packed plugin, at most
   */
  record Limits(Duration silence, Duration all, long bytes) {
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(30), Duration.ofMinutes(30), 1L << 30);
  }

  private static final int BUFFER = 1 << 16;

  private final Limits limits;
  private final Instant end;
  private final HttpResponse<InputStream> answer;

  private Download(Limits limits, HttpResponse<InputStream> answer) {
    this.limits = limits;
    this.end = Instant.now().plus(limits.all());
    this.answer = answer;
  }

  static Download of(HttpClient http, URI uri, Limits limits)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(limits.silence()).build();
    return new Download(limits, http.send(request, BodyHandlers.ofInputStream()));
  }

  int status() {
    return answer.statusCode();
  }

  /** How many bytes will come; -1 when the repository does not say. */
  long size() {
    return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  /**
   * Writes what comes.
   *
   * @param so receives how many bytes have come by now
   * @throws ElacsymException {@code UNAVAILABLE} when a limit is reached
   */
  void writeTo(OutputStream out, long most, LongConsumer so)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (int read = next(buffer, bytes); read >= 0; read = next(buffer, bytes)) {
      bytes += read;
      if (bytes > most) {
        throw failed("is larger than " + most + " bytes, which no plugin is");
      }
      out.write(buffer, 0, read);
      so.accept(bytes);
    }
  }

  /** A read of its own thread: one that waits cannot be given a limit otherwise. */
  private int next(byte[] buffer, long bytes) throws IOException, InterruptedException {
    Duration left = Duration.between(Instant.now(), end);
    Duration patience = left.compareTo(limits.silence()) < 0 ? left : limits.silence();
    FutureTask<Integer> read = new FutureTask<>(() -> answer.body().read(buffer));
    Thread.ofVirtual().name("elacsym-download").start(read);
    try {
      return read.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed(
          "stopped after "
              + bytes
              + " bytes: nothing more came for "
              + limits.silence().toSeconds()
              + " s, or all of it took longer than "
              + limits.all().toSeconds()
              + " s; try again, or fetch the file by other means and install that");
    } catch (ExecutionException e) {
      throw new IOException("it broke off after " + bytes + " bytes: " + e.getCause(), e);
    }
  }

  private ElacsymException failed(String how) {
    return new ElacsymException(ErrorKind.UNAVAILABLE, answer.uri() + " " + how);
  }

  /** Ends the read that may still wait, too. */
  @Override
  public void close() throws IOException {
    answer.body().close();
  }
}
