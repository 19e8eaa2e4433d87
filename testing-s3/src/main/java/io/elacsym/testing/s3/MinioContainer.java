package io.elacsym.testing.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A MinIO of our own in a container, which goes with the JVM. */
final class MinioContainer extends S3Server {
  private static final String VERSION = "RELEASE.2025-09-07T16-13-09Z";
  private static final int PORT = 9000;

  private MinioContainer(URI endpoint) {
    super(
        Kind.CONTAINER,
        "MinIO " + VERSION,
        endpoint,
        Minio.REGION,
        Minio.ACCESS_KEY,
        Minio.SECRET_KEY);
  }

  /** Starts one; empty when no Docker engine answers or when the image cannot be had. */
  @SuppressWarnings("resource") // stopped with the JVM, by Testcontainers
  static Optional<MinioContainer> start() {
    if (!mayHaveEngine() || !DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.empty();
    }
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse("minio/minio:" + VERSION))
            .withEnv(Minio.ENVIRONMENT)
            .withCommand("server", "/data")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT));
    try {
      container.start();
    } catch (RuntimeException e) {
      System.out.println("MinIO does not start in a container: " + e.getMessage());
      return Optional.empty();
    }
    return Optional.of(
        new MinioContainer(
            URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT))));
  }

  /**
   * Whether something says that there is an engine. Testcontainers looks harder, but takes seconds
   * and many words to find none.
   */
  private static boolean mayHaveEngine() {
    Path home = Path.of(System.getProperty("user.home"));
    String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run/user");
    return System.getenv("DOCKER_HOST") != null
        || Files.exists(Path.of("/var/run/docker.sock"))
        || Files.exists(Path.of(runtime, "docker.sock"))
        || Files.exists(home.resolve(".docker/run/docker.sock"))
        || Files.exists(home.resolve(".docker/desktop/docker.sock"))
        || Files.exists(home.resolve(".testcontainers.properties"));
  }
}
