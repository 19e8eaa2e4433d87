package io.elacsym.testing.s3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** What our MinIO servers have in common, however they run. */
final class Minio {
  static final String REGION = "us-east-1";
  static final String ACCESS_KEY = "elacsym";
  static final String SECRET_KEY = "elacsym-secret";

  /**
   * The environment of our servers: access keys, a key of 32 bytes with which they encrypt objects
   * when a put asks for it, and what turns off the web page and the search for updates.
   */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MINIO_ROOT_USER", ACCESS_KEY,
          "MINIO_ROOT_PASSWORD", SECRET_KEY,
          "MINIO_KMS_SECRET_KEY", "elacsym-key:ZWxhY3N5bS10ZXN0cy1lbGFjc3ltLXRlc3RzLTEyMzQ=",
          "MINIO_BROWSER", "off",
          "MINIO_UPDATE", "off");

  private static final Duration ONE_TRY = Duration.ofSeconds(2);

  private Minio() {}

  /** Whether the server at the endpoint answers and has opened its folder. */
  static boolean isReady(URI endpoint) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ONE_TRY).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve("/minio/health/ready")).timeout(ONE_TRY).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet listening
    }
  }
}
