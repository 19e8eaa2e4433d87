package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartIT {
  @TempDir Path temp;

  @Test
  void aFirstTimeUserSeesQueriesWithoutNetworkOrConfiguration() {
    Installation.Ended ended =
        Installation.run(
            temp,
            Map.of("XDG_CACHE_HOME", temp.resolve("models").toString()),
            "quickstart",
            "--limit",
            "60",
            "--exit");
    assertThat(ended.code()).as(String.join("\n", ended.err())).isZero();
    assertThat(String.join("\n", ended.out())).contains("A server runs at", "score", "gloss");
    assertThat(temp.resolve("data").resolve("quickstart").resolve("storage")).isDirectory();
  }
}
