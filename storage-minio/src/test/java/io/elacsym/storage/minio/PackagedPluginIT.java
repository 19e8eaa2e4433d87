package io.elacsym.storage.minio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.storage.Storage;
import io.elacsym.tck.TestContext;
import io.elacsym.testing.s3.S3Server;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Libraries that the client brings and that we leave out are not missed: everything is done once in
 * a JVM that has the plugin's directory and nothing else but our own jars.
 */
class PackagedPluginIT {
  private static final Path PLUGIN = Path.of("target", "plugin");

  @Test
  void thePluginsDirectoryIsComplete() throws Exception {
    S3Server server = S3Server.shared();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath(),
            EveryOperation.class.getName(),
            server.endpoint().toString(),
            server.region(),
            server.newBucket());
    // Looked for in the usual places, which brings in more of the client than naming them.
    builder.environment().put("AWS_ACCESS_KEY_ID", server.accessKey());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", server.secretKey());
    builder.environment().remove("AWS_SESSION_TOKEN");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEqualTo(EveryOperation.DONE);
  }

  private static String classPath() throws Exception {
    List<Path> parts = new ArrayList<>();
    try (Stream<Path> jars = Files.list(PLUGIN)) {
      jars.forEach(parts::add);
    }
    parts.add(home(Storage.class));
    parts.add(home(TestContext.class));
    parts.add(Path.of("target", "test-classes"));
    return parts.stream()
        .map(part -> part.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
