package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.config.CheckedSettings;
import io.elacsym.distribution.config.Configuration;
import io.elacsym.distribution.config.Origin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.EngineSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** For commands that open the storage themselves, with the server's configuration. */
final class OwnStorage {
  /** What their help says of it. */
  static final String HELP =
      "Opens the storage itself, with the server's configuration and environment. A bucket may be in"
          + " use meanwhile; on local storage the server must be stopped first.";

  /**
   * Turns the disk cache off: a command reads everything once, and what it reads would only push
   * out of the cache what the server needs.
   */
  private static final Map<String, String> UNCACHED = Map.of("cache.disk_size", "0");

  @Mixin private ConfigOptions config = new ConfigOptions();

  /**
   * What the configuration says.
   *
   * @param installed the plugins
   * @param configuration where every value comes from
   * @param settings the same, checked
   * @param server where the server is, if it runs: host and port, or a URL
   */
  record Configured(
      InstalledPlugins installed,
      Configuration configuration,
      EngineSettings settings,
      String server) {

    /**
     * Opens an engine.
     *
     * @param meanwhile what can be done while another process holds the storage, as the end of a
     *     message
     * @throws ElacsymException whatever the storage throws, and {@code CONFLICT} with that
     */
    Engine open(String meanwhile) {
      return orElse(meanwhile, () -> Engine.open(settings, installed.forEngine()));
    }

    /** A call by which the running server does the same, for a person to copy. */
    String curl(String path, Optional<String> json) {
      return "The running server can do it: curl "
          + server
          + "/v1/namespaces/"
          + path
          + json.map(body -> " --json '" + body + "'").orElse("");
    }
  }

  /** Opens something; when another process holds it, the message goes on with what can be done. */
  static <T> T orElse(String meanwhile, Supplier<T> opening) {
    try {
      return opening.get();
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.CONFLICT) {
        throw e;
      }
      throw new ElacsymException(
          ErrorKind.CONFLICT, e.getMessage() + System.lineSeparator() + meanwhile, e);
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} with everything that is wrong, one line each
   */
  Configured read(Map<String, String> environment) {
    ConfigOptions.Loaded loaded = config.load(environment);
    Configuration configuration =
        loaded.configuration().with(UNCACHED, new Origin.Argument("this command"));
    CheckedSettings checked = CheckedSettings.of(configuration, loaded.installed());
    String server =
        Optional.ofNullable(environment.get("ELACSYM_SERVER"))
            .or(() -> checked.server().map(http -> "localhost:" + http.port()))
            .orElse("");
    return new Configured(loaded.installed(), configuration, checked(checked), server);
  }

  /** The engine's settings, or everything that is wrong with them. */
  static EngineSettings checked(CheckedSettings checked) {
    return checked
        .engine()
        .orElseThrow(() ->
            ElacsymException.invalid(
                "the configuration is not valid:"
                    + System.lineSeparator()
                    + String.join(System.lineSeparator(), checked.problems())));
  }
}
