package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.engine.settings.SettingsSection;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The server's checked settings.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 * @param maxBodyBytes largest request body, after decompression
 * @param maxBodiesBytes bound of all request bodies in work at once; at least {@code maxBodyBytes}
 * @param maxAnswerBytes most memory of the documents of one answer
 * @param maxAnswersBytes most memory of all answers that are not sent yet; at least {@code
 *     maxAnswerBytes}
 * @param shutdownGrace how long requests under way may take to finish when the server stops
 * @param requestTimeout how long a request may work that says nothing
 * @param maxRequestTimeout how long it may wish to; not less than {@code requestTimeout}
 * @param connections what clients may do with connections
 * @param allowedOrigins origins of web pages that may call, in lower case; {@code *} for all
 * @param allowedHosts names that a request may be for, in lower case; empty for any
 */
public record ServerSettings(
    String host,
    int port,
    long maxBodyBytes,
    long maxBodiesBytes,
    long maxAnswerBytes,
    long maxAnswersBytes,
    Duration shutdownGrace,
    Duration requestTimeout,
    Duration maxRequestTimeout,
    ConnectionSettings connections,
    List<String> allowedOrigins,
    List<String> allowedHosts) {
  /** Every key of the server. */
  public static final SettingsSection SECTION =
      new SettingsSection(
          "server",
          "The HTTP server.",
          Stream.concat(
                  Stream.of(
                      Option.of("host", OptionType.TEXT, "0.0.0.0", "Address to listen on.")
                          .fromEnvironment("ELACSYM_HOST"),
                      Option.of(
                              "port",
                              OptionType.INTEGER,
                              "3000",
                              "TCP port to listen on; 0 takes any free one.")
                          .between("0", "65535")
                          .fromEnvironment("ELACSYM_PORT"),
                      Option.of(
                              "max_body_bytes",
                              OptionType.BYTES,
                              "256MB",
                              "Largest request body, after decompression; larger ones get 413. Never more"
                                  + " than a sixteenth of the Java heap.")
                          .between("1KB", "1TB")
                          .withinHeap(16),
                      Option.of(
                              "max_bodies_bytes",
                              OptionType.BYTES,
                              "1GB",
                              "Most bytes of all request bodies in work at once, beyond which requests"
                                  + " get 429; never more than an eighth of the Java heap, never less"
                                  + " than max_body_bytes. What takes more memory than twice its bytes"
                                  + " counts as half of that memory.")
                          .withinHeap(8),
                      Option.of(
                              "max_answer_bytes",
                              OptionType.BYTES,
                              "256MB",
                              "Most memory of the documents of one answer: a page of a scan ends early,"
                                  + " a query gets 413. Never more than a sixteenth of the Java heap.")
                          .withinHeap(16),
                      Option.of(
                              "max_answers_bytes",
                              OptionType.BYTES,
                              "1GB",
                              "Most memory of all answers, documents above all, that clients have not read"
                                  + " yet, beyond which requests get 429; never more than an eighth of"
                                  + " the Java heap, never less than max_answer_bytes.")
                          .withinHeap(8),
                      Option.of(
                          "shutdown_grace",
                          OptionType.DURATION,
                          "20s",
                          "How long requests under way may take to finish when the server stops."),
                      Option.of(
                              "request_timeout",
                              OptionType.DURATION,
                              "60s",
                              "How long a request may work, beyond which it gets 504; compact, warm, reindex,"
                                  + " restore and branch have max_request_timeout instead.")
                          .atLeast("1ms"),
                      Option.of(
                              "max_request_timeout",
                              OptionType.DURATION,
                              "15m",
                              "The longest time that a request may ask for with the query parameter timeout.")
                          .atLeast("1ms"),
                      Option.of(
                          "allowed_origins",
                          OptionType.TEXT,
                          "",
                          "Origins of web pages that may call, such as https://app.example, with commas"
                              + " between them, or * for all; pages of other origins get 403."),
                      Option.of(
                          "allowed_hosts",
                          OptionType.TEXT,
                          "",
                          "Names under which the server may be called, without ports, with commas between"
                              + " them; requests for others get 403. Empty for any name.")),
                  ConnectionSettings.OPTIONS.stream())
              .toList());

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
    long body = options.bytesWithinHeap("max_body_bytes");
    long answer = options.bytesWithinHeap("max_answer_bytes");
    Duration time = options.duration("request_timeout");
    Duration mostTime = options.duration("max_request_timeout");
    if (mostTime.compareTo(time) < 0) {
      throw ElacsymException.invalid(
          prefix
              + "max_request_timeout is "
              + mostTime.toMillis()
              + "ms, expected at least "
              + prefix
              + "request_timeout, which is "
              + time.toMillis()
              + "ms");
    }
    return new ServerSettings(
        options.text("host"),
        options.smallInteger("port"),
        body,
        Math.max(body, options.bytesWithinHeap("max_bodies_bytes")),
        answer,
        Math.max(answer, options.bytesWithinHeap("max_answers_bytes")),
        options.duration("shutdown_grace"),
        time,
        mostTime,
        ConnectionSettings.of(options),
        list(options.text("allowed_origins")),
        list(options.text("allowed_hosts")));
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(element -> element.strip().toLowerCase(Locale.ROOT))
        .filter(element -> !element.isEmpty())
        .toList();
  }
}
