package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.files.WholeFile;
import io.elacsym.distribution.terminal.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes manual pages. */
@Command(
    name = "man",
    description = "Write manual pages, one for each command.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym man --out /usr/local/share/man/man1",
      "",
      "The packaged program has them below share/man; `man -M .../share/man elacsym-import`."
    })
final class ManCommand implements Callable<Integer> {
  private final Screen screen;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "The directory they are written to.")
  private Path out = Path.of("");

  ManCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("not run by a command line");
    }
    if (!Files.isDirectory(out)) {
      throw ElacsymException.invalid("--out is " + out + ", expected a directory");
    }
    List<ManPage> pages = ManPage.of(spec.root().commandLine());
    for (ManPage page : pages) {
      try (WholeFile file = WholeFile.create(out.resolve(page.name() + ".1"))) {
        file.stream().write(page.text().getBytes(StandardCharsets.UTF_8));
        file.commit();
      }
    }
    screen.line("Wrote " + pages.size() + " pages to " + out + ".");
    return ExitCode.OK;
  }
}
