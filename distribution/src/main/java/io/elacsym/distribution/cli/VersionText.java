package io.elacsym.distribution.cli;

import io.elacsym.api.SpiLevel;
import io.elacsym.server.helidon.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
  private static final Properties BUILD = read();

  private static Properties read() {
    Properties build = new Properties();
    try (InputStream file = VersionText.class.getResourceAsStream("build.properties")) {
      if (file != null) {
        build.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it lies in our own jar
    }
    return build;
  }

  /** The day of the commit that was built; empty when it was not built from git. */
  static Optional<String> date() {
    return Optional.ofNullable(BUILD.getProperty("git.commit.time"));
  }

  /** Commit and day, the same for everybody who builds it; empty when it was not built from git. */
  static Optional<String> build() {
    return Optional.ofNullable(BUILD.getProperty("git.commit.id.abbrev"))
        .map(commit -> "commit " + commit)
        .map(text -> text + date().map(day -> " of " + day).orElse(""))
        .map(text -> text + (isChanged() ? " with changes" : ""));
  }

  private static boolean isChanged() {
    return Boolean.parseBoolean(BUILD.getProperty("git.dirty"));
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "elacsym "
          + HttpServer.version()
          + " ("
          + build().map(text -> text + ", ").orElse("")
          + "SPI level "
          + SpiLevel.CURRENT
          + ", Java "
          + Runtime.version()
          + ")"
    };
  }
}
