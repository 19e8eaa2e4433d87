package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {
  @Test
  void defaultsAndEnvironmentNamesAreTheDeploymentGuides() {
    ServerSettings settings = ServerSettings.of(Map.of());
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.port()).isEqualTo(3000);
    assertThat(settings.maxBodyBytes())
        .isEqualTo(Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 16));
    assertThat(settings.maxBodiesBytes()).isGreaterThanOrEqualTo(settings.maxBodyBytes());
    assertThat(ServerSettings.SECTION.options())
        .extracting(Option::environment)
        .contains(Optional.of("ELACSYM_HOST"), Optional.of("ELACSYM_PORT"));
  }

  @Test
  void wrongValuesAreNamed() {
    refused("server.port", "70000", "port is 70000");
    refused("server.port", "web", "server.port is 'web'");
    refused("server.max_body_bytes", "10", "server.max_body_bytes is 10");
    refused("server.prot", "1", "server.prot");
    refused("cache.disk_size", "1", "cache.disk_size");
  }

  private static void refused(String key, String value, String part) {
    assertThatThrownBy(() -> ServerSettings.of(Map.of(key, value)))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining(part);
  }
}
