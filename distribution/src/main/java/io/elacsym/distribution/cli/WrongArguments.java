package io.elacsym.distribution.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Arguments that are right one by one, and make no sense together. */
final class WrongArguments {
  private WrongArguments() {}

  /**
   * The exception to throw.
   *
   * @param command filled by picocli
   */
  static ParameterException of(@Nullable CommandSpec command, String message) {
    if (command == null) {
      throw new IllegalStateException("not run by a command line");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
