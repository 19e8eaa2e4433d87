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
      EXPOSE 3000
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
