package io.elacsym.testing.s3;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A running S3 server. Safe for use by many threads.
 *
 * <p>The shared ones live as long as the JVM; each says in one line of standard output what it is,
 * and so does a MinIO that is asked for and cannot be had.
 */
public abstract sealed class S3Server
    permits GivenServer, InJvmServer, MinioBinary, MinioContainer {
  /** What kind of server it is, the ones that count most first. */
  public enum Kind {
    /** Named in the environment. */
    GIVEN,
    /** MinIO in a container. */
    CONTAINER,
    /** MinIO as a process of this machine. */
    BINARY,
    /** S3Proxy in this JVM. */
    IN_JVM;

    /** As printed: lower case, words apart. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;
  private final String description;
  private final URI endpoint;
  private final String region;
  private final String accessKey;
  private final String secretKey;

  S3Server(
      Kind kind,
      String description,
      URI endpoint,
      String region,
      String accessKey,
      String secretKey) {
    this.kind = kind;
    this.description = description;
    this.endpoint = endpoint;
    this.region = region;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /**
   * The server for tests, started at first use: the one that {@code ELACSYM_TEST_S3_ENDPOINT} and
   * its companions name, else MinIO in a container, else MinIO's binary, else {@link #inJvm}.
   */
  public static S3Server shared() {
    return Shared.SERVER;
  }

  /**
   * The server in this JVM, which can be had anywhere. Its threads keep a program from ending by
   * itself: call {@link System#exit}.
   */
  public static S3Server inJvm() {
    return Shared.InJvm.SERVER;
  }

  /** A real MinIO of our own, if this machine has one: the shared server when it is that. */
  public static Optional<S3Server> minio() {
    return Shared.Minio.SERVER;
  }

  /** The shared server; another one when that speaks TLS, which a proxy cannot read. */
  public static S3Server plain() {
    return "http".equals(shared().endpoint().getScheme())
        ? shared()
        : minio().orElseGet(S3Server::inJvm);
  }

  public Kind kind() {
    return kind;
  }

  /** The server and its version, if that is known, such as {@code MinIO RELEASE.2025-09-07}. */
  public String description() {
    return description;
  }

  /** Where it listens: plain HTTP, addressed by path, unless the environment named another. */
  public URI endpoint() {
    return endpoint;
  }

  public String region() {
    return region;
  }

  public String accessKey() {
    return accessKey;
  }

  public String secretKey() {
    return secretKey;
  }

  /**
   * Creates a bucket that nothing else uses and returns its name. It stays until the server goes.
   */
  public String newBucket() {
    String name = "elacsym-test-" + UUID.randomUUID();
    try (S3Client client = client()) {
      client.createBucket(request -> request.bucket(name));
    }
    return name;
  }

  /**
   * Somebody who may do what a policy allows.
   *
   * @param accessKey of the user
   */
  public record User(String accessKey, String secretKey) {}

  /**
   * Creates a user; empty when this server is not a MinIO of our own.
   *
   * @param policy as of AWS IAM, in JSON
   */
  public Optional<User> newUser(String policy) {
    return kind == Kind.CONTAINER || kind == Kind.BINARY
        ? Optional.of(new MinioUsers(this).create(policy))
        : Optional.empty();
  }

  private S3Client client() {
    return S3Client.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .build();
  }

  /** One line, fit for a log. */
  @Override
  public final String toString() {
    return description + " (" + kind.words() + ") at " + endpoint;
  }

  S3Server announced() {
    System.out.println("S3 server of the tests: " + this);
    return this;
  }

  /** Each started once, by whoever asks first. */
  private static final class Shared {
    static final S3Server SERVER = choose();

    private Shared() {}

    private static S3Server choose() {
      QuietLogs.set();
      return GivenServer.fromEnvironment(System.getenv())
          .map(S3Server::announced)
          .or(() -> Minio.SERVER)
          .orElseGet(() -> InJvm.SERVER);
    }

    private static final class Minio {
      static final Optional<S3Server> SERVER = start();

      private static Optional<S3Server> start() {
        QuietLogs.set();
        Optional<S3Server> server =
            MinioContainer.start()
                .<S3Server>map(container -> container)
                .or(MinioBinary::start)
                .map(S3Server::announced);
        if (server.isEmpty()) {
          System.out.println(
              "no MinIO of our own, neither in a container nor as a binary: tests that need one are"
                  + " skipped");
        }
        return server;
      }
    }

    private static final class InJvm {
      static final S3Server SERVER = start();

      private static S3Server start() {
        QuietLogs.set();
        return InJvmServer.start().announced();
      }
    }
  }
}
