package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.config.Declarations;
import io.elacsym.distribution.config.Reference;
import io.elacsym.distribution.plugins.InstalledPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceIT {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void theReferenceSaysWhatTheCodeDeclares() throws IOException {
    InstalledPlugins installed =
        InstalledPlugins.load(List.of(Installation.HOME.resolve("plugins")));
    assertThat(installed.problems()).isEmpty();
    String page = Reference.of(Declarations.of(installed));
    if (Boolean.getBoolean("elacsym.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("write it again with -Delacsym.update=true").hasContent(page);
  }
}
