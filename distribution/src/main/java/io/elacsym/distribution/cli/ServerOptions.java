package io.elacsym.distribution.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that runs the server. */
final class ServerOptions {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--check-config",
      description =
          "Only check the configuration and the plugins, show every value and where it comes from,"
              + " and exit: 0 when all is well, 1 when not.")
  private boolean checkOnly;

  ConfigOptions config() {
    return config;
  }

  boolean checkOnly() {
    return checkOnly;
  }
}
