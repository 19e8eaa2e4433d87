package io.elacsym.distribution.thirdparty;

import java.nio.file.Path;

/**
 * A Maven repository that holds what we publish, as this reactor has just staged it. Put in front
 * of the user's own, it hides whatever older build of ours is in there.
 *
 * @param directory in Maven's layout
 * @param version of all artifacts
 */
record PublishedArtifacts(Path directory, String version) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What this build has staged, in the modules before this one. */
  static PublishedArtifacts staged() {
    return new PublishedArtifacts(
        ROOT.resolve("target").resolve("staging"), property("elacsym.version"));
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
