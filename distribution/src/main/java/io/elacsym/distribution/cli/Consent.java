package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Screen;
import picocli.CommandLine.Option;

/** Whether a command may do what cannot simply be taken back. */
final class Consent {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Needed where nobody can be asked, as in a script.")
  private boolean yes;

  boolean unasked() {
    return yes;
  }

  /** Asks, unless there was a yes; says so when nothing will be done. */
  boolean given(Screen screen, String question) {
    if (yes) {
      return true;
    }
    if (!screen.isTerminal()) {
      screen.note("Nothing was changed: there is no terminal to ask on. Add --yes to do it.");
      return false;
    }
    boolean confirmed = screen.confirms(question);
    if (!confirmed) {
      screen.note("Nothing was changed.");
    }
    return confirmed;
  }
}
