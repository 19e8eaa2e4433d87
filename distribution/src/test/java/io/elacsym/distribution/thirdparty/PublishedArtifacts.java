package io.elacsym.distribution.thirdparty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local Maven repository that holds what we publish for plugin authors, as this reactor has just
 * built it. Put in front of the user's own, it hides whatever older build of ours is in there.
 *
 * @param directory in Maven's layout
 * @param version of all artifacts
 */
record PublishedArtifacts(Path directory, String version) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Copies the api, its contract tests and their parent pom. */
  static PublishedArtifacts publishTo(Path directory) throws IOException {
    PublishedArtifacts published = new PublishedArtifacts(directory, property("elacsym.version"));
    published.put("elacsym-parent", ROOT.resolve("pom.xml"), "pom");
    for (String module : new String[] {"api", "tck"}) {
      Path folder = ROOT.resolve(module);
      String artifact = "elacsym-" + module;
      published.put(artifact, folder.resolve("pom.xml"), "pom");
      published.put(
          artifact,
          folder.resolve("target").resolve(artifact + "-" + published.version() + ".jar"),
          "jar");
    }
    return published;
  }

  private void put(String artifact, Path file, String type) throws IOException {
    Path folder = directory.resolve("io/elacsym").resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + version + "." + type));
  }

  /** What distribution/pom.xml tells the integration tests about the reactor. */
  static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new AssertionError(name + " is not set; run the test with `./mvnw verify`");
    }
    return value;
  }
}
