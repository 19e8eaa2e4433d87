package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.engine.settings.SettingsSection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The server's checked settings.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 * @param maxBodyBytes largest request body, after decompression
 * @param maxBodiesBytes bound of all request bodies in work at once; at least {@code maxBodyBytes}
 * @param shutdownGrace how long requests under way may take to finish when the server stops
 */
public record ServerSettings(
    String host, int port, long maxBodyBytes, long maxBodiesBytes, Duration shutdownGrace) {
  private static final long SMALLEST_BODY_LIMIT = 1024;
  private static final long LARGEST_BODY_LIMIT = 1L << 40;

  /** Every key of the server. */
  public static final SettingsSection SECTION =
      new SettingsSection(
          "server",
          "The HTTP server.",
          List.of(
              Option.of("host", OptionType.TEXT, "0.0.0.0", "Address to listen on.")
                  .fromEnvironment("ELACSYM_HOST"),
              Option.of(
                      "port",
                      OptionType.INTEGER,
                      "3000",
                      "TCP port to listen on, 0 to 65535; 0 takes any free one.")
                  .fromEnvironment("ELACSYM_PORT"),
              Option.of(
                  "max_body_bytes",
                  OptionType.BYTES,
                  "256MB",
                  "Largest request body, after decompression; larger ones get 413."),
              Option.of(
                  "max_bodies_bytes",
                  OptionType.BYTES,
                  "1GB",
                  "Most bytes of all request bodies in work at once, beyond which requests get 429;"
                      + " never more than a quarter of the Java heap, never less than"
                      + " max_body_bytes."),
              Option.of(
                  "shutdown_grace",
                  OptionType.DURATION,
                  "20s",
                  "How long requests under way may take to finish when the server stops.")));

  /**
   * Checks flat values.
   *
   * @param values by full key, such as {@code server.port}
   * @throws ElacsymException {@code INVALID_REQUEST} naming key, value and expectation
   */
  public static ServerSettings of(Map<String, String> values) {
    String prefix = SECTION.name() + ".";
    Map<String, String> own = new HashMap<>();
    values.forEach((key, value) -> {
      if (!key.startsWith(prefix)) {
        throw ElacsymException.invalid("unknown option '" + key + "'; expected " + prefix + "..");
      }
      own.put(key.substring(prefix.length()), value);
    });
    Options options = Options.of(prefix, SECTION.options(), own);
    long maxBody = options.bytes("max_body_bytes");
    if (maxBody < SMALLEST_BODY_LIMIT || maxBody > LARGEST_BODY_LIMIT) {
      throw ElacsymException.invalid(
          prefix + "max_body_bytes is " + maxBody + ", expected from 1KB to 1TB");
    }
    long share = Math.min(options.bytes("max_bodies_bytes"), Runtime.getRuntime().maxMemory() / 4);
    return new ServerSettings(
        options.text("host"),
        options.integer("port", 0, 65_535),
        maxBody,
        Math.max(maxBody, share),
        options.duration("shutdown_grace"));
  }
}
