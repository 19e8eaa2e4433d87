package io.elacsym.testing.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A server that somebody else runs and the environment names. */
final class GivenServer extends S3Server {
  private static final String PREFIX = "ELACSYM_TEST_S3_";

  private GivenServer(URI endpoint, String region, String accessKey, String secretKey) {
    super(Kind.GIVEN, "S3 server", endpoint, region, accessKey, secretKey);
  }

  /**
   * The server of {@code ELACSYM_TEST_S3_ENDPOINT}, {@code _ACCESS_KEY}, {@code _SECRET_KEY} and,
   * if it is not us-east-1, {@code _REGION}; empty without the first.
   *
   * @throws IllegalStateException when there is an endpoint and a key is missing
   */
  static Optional<GivenServer> fromEnvironment(Map<String, String> environment) {
    String endpoint = environment.getOrDefault(PREFIX + "ENDPOINT", "");
    if (endpoint.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new GivenServer(
            URI.create(endpoint),
            environment.getOrDefault(PREFIX + "REGION", "us-east-1"),
            required(environment, "ACCESS_KEY"),
            required(environment, "SECRET_KEY")));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(PREFIX + name, "");
    if (value.isBlank()) {
      throw new IllegalStateException(
          PREFIX + "ENDPOINT is set, so " + PREFIX + name + " must be set as well");
    }
    return value;
  }
}
