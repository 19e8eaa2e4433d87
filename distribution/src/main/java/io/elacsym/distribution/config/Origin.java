package io.elacsym.distribution.config;

import java.nio.file.Path;
import java.util.OptionalInt;

/** Where a value comes from. */
public sealed interface Origin {
  /** The declaration. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * A configuration file.
   *
   * @param line the one that sets it, from 1; empty when it is not known
   */
  record File(Path path, OptionalInt line) implements Origin {
    @Override
    public String toString() {
      return path + (line.isPresent() ? ":" + line.getAsInt() : "");
    }
  }

  /** An environment variable. */
  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment " + variable;
    }
  }

  /** An option of the command line, with its dashes. */
  record Argument(String option) implements Origin {
    @Override
    public String toString() {
      return option;
    }
  }
}
