package io.elacsym.distribution;

import io.elacsym.distribution.cli.Cli;
import io.elacsym.distribution.terminal.Screen;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Cli(Screen.standard(), System.getenv()).run(arguments));
  }
}
