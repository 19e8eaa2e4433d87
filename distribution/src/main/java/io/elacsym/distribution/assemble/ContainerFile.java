package io.elacsym.distribution.assemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file from which a container's image of an assembled directory is built. */
public final class ContainerFile {
  private static final String WITH_JAVA = "debian:stable-slim";
  private static final String WITHOUT_JAVA = "eclipse-temurin:25";

  private static final String TEXT =
      """
      # An image of this directory: docker build --tag elacsym .
      FROM $BASE

      # Some base images have a user with this number already.
      RUN (id -nu 1000 >/dev/null 2>&1 && userdel --remove "$(id -nu 1000)" || true) \\
          && useradd --create-home --uid 1000 elacsym \\
          && mkdir --parents /data /cache \\
          && chown elacsym:elacsym /data /cache

      COPY . /opt/elacsym
      # Short commands start in half the time; the file fits one place and one Java, so it is made here.
      RUN ln -s /opt/elacsym/bin/elacsym /usr/local/bin/elacsym && /opt/elacsym/bin/aot-cache

      USER elacsym
      # Here the defaults ./data and ./cache are the volumes /data and /cache.
      WORKDIR /
      VOLUME ["/data", "/cache"]
      EXPOSE 3000

      # The shell asks by itself: a JVM every few seconds would cost more than the answer is worth. It knows
      # no configuration file: where that has another port, ELACSYM_PORT should say so instead.
      HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \\
          CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${ELACSYM_PORT:-3000} && printf 'GET /health HTTP/1.1\\\\r\\\\nHost: localhost\\\\r\\\\nConnection: close\\\\r\\\\n\\\\r\\\\n' >&3 && read -r -t 4 _ status _ <&3 && [[ $status == 200 ]]"]

      # SIGTERM, docker's default, drains the server: allow it 60 s (docker stop --time 60).
      ENTRYPOINT ["elacsym"]
      """;

  private ContainerFile() {}

  /**
   * Writes {@code Dockerfile} and {@code .dockerignore}.
   *
   * @param hasJava whether the directory brings a Java with it
   */
  public static void writeInto(Path out, boolean hasJava) {
    try {
      Files.writeString(
          out.resolve("Dockerfile"), TEXT.replace("$BASE", hasJava ? WITH_JAVA : WITHOUT_JAVA));
      Files.writeString(out.resolve(".dockerignore"), "Dockerfile\n.dockerignore\nelacsym.aot\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
