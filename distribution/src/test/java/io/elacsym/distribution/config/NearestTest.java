package io.elacsym.distribution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("server.port", "server.host", "cache.disk_size");

  @Test
  void slipsAreRecognised() {
    assertThat(Nearest.to("server.prot", KNOWN)).contains("server.port");
    assertThat(Nearest.to("sever.host", KNOWN)).contains("server.host");
    assertThat(Nearest.to("cache.disksize", KNOWN)).contains("cache.disk_size");
  }

  @Test
  void whatIsFarFromEverythingHasNoSuggestion() {
    assertThat(Nearest.to("replication.factor", KNOWN)).isEmpty();
  }

  @Test
  void aSwapOfNeighboursIsOneStep() {
    assertThat(Nearest.distance("PROT", "PORT")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }
}
