package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Screen;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script with which a shell completes commands and options. */
@Command(
    name = "completion",
    description = "Print a script that lets a shell complete commands and options.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym completion bash > /etc/bash_completion.d/elacsym",
      "  elacsym completion zsh > ~/.elacsym.zsh       # and in ~/.zshrc: source ~/.elacsym.zsh",
      "  elacsym completion fish > ~/.config/fish/completions/elacsym.fish",
      "",
      "The packaged program has them below share/completions."
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells that there is a script for. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  private final Screen screen;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.bash;

  CompletionCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run by a command line");
    }
    CommandLine root = spec.root().commandLine();
    screen.out().print(script(root).stripTrailing() + "\n");
    screen.out().flush();
    return ExitCode.OK;
  }

  private String script(CommandLine root) {
    return switch (shell) {
      // One script for both: it asks zsh for bash's way of completing.
      case bash, zsh -> AutoComplete.bash(root.getCommandName(), root);
      case fish -> FishCompletion.script(root);
    };
  }
}
