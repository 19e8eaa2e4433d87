package io.elacsym.distribution.cli;

import io.elacsym.api.SpiLevel;
import io.elacsym.server.helidon.HttpServer;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "elacsym "
          + HttpServer.version()
          + " (SPI level "
          + SpiLevel.CURRENT
          + ", Java "
          + Runtime.version()
          + ")"
    };
  }
}
