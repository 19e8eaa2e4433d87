package io.elacsym.distribution.config;

import java.nio.file.Path;

/** Where a value comes from. */
public sealed interface Origin {
  /** The declaration. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** A configuration file. */
  record File(Path path) implements Origin {
    @Override
    public String toString() {
      return path.toString();
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
