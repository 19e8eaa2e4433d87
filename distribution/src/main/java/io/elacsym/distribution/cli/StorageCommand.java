package io.elacsym.distribution.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done with the storage itself; shows its commands when none is given. */
@Command(
    name = "storage",
    description = "Find out whether the configured storage is good enough.",
    footerHeading = "%nExamples:%n",
    footer = "  elacsym storage probe")
final class StorageCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }
}
