package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.services.s3.presigner.model.PresignedDeleteObjectRequest;

/**
 * Deletes an object with one request whose signature has an end: the store refuses it from then on,
 * also when its sender has slept or the network has kept it.
 */
final class TimedDeletes {
  private static final String PERMISSION = "s3:DeleteObject";

  /** Seconds that signing may take. */
  private static final long SIGNING = 1;

  private final S3Clients clients;
  private final S3Settings settings;
  private final ObjectKeys keys;
  private final Failures failures;

  TimedDeletes(S3Clients clients, S3Settings settings, ObjectKeys keys, Failures failures) {
    this.clients = clients;
    this.settings = settings;
    this.keys = keys;
    this.failures = failures;
  }

  void delete(String name, Instant deadline) {
    clients.checkOpen();
    String key = keys.key(name);
    HttpExecuteResponse answer;
    try {
      answer = clients.callOnce(signed(key, deadline));
    } catch (IOException e) {
      throw failed(name, "no answer", e);
    } catch (RuntimeException e) {
      throw failures.of("cannot delete object '" + name + "'", PERMISSION, e);
    }
    int status = answer.httpResponse().statusCode();
    if (!answer.httpResponse().isSuccessful() && status != 404) {
      throw failed(name, "status " + status, new IOException("status " + status));
    }
  }

  private HttpExecuteRequest signed(String key, Instant deadline) {
    // The store counts whole seconds.
    long seconds = Duration.between(Instant.now(), deadline).toSeconds() - SIGNING;
    if (seconds < 1) {
      throw over(deadline);
    }
    PresignedDeleteObjectRequest signed =
        clients.signed(presigner ->
            presigner.presignDeleteObject(request ->
                request
                    .signatureDuration(Duration.ofSeconds(seconds))
                    .deleteObjectRequest(delete -> delete.bucket(settings.bucket()).key(key))));
    // Between looking at the clock and signing this process may have slept.
    if (Instant.now().plusSeconds(seconds).isAfter(deadline)) {
      throw over(deadline);
    }
    return HttpExecuteRequest.builder().request(signed.httpRequest()).build();
  }

  private static ElacsymException over(Instant deadline) {
    return new ElacsymException(
        ErrorKind.UNAVAILABLE, "the time for this delete, until " + deadline + ", is over");
  }

  private ElacsymException failed(String name, String why, IOException e) {
    return ElacsymException.withDetail(
        ErrorKind.UNAVAILABLE,
        "cannot delete object '" + name + "': " + why,
        settings.place() + ": " + e.getMessage(),
        e);
  }
}
