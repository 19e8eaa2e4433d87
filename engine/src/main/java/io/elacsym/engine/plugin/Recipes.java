package io.elacsym.engine.plugin;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.model.Strings;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Writes recipes. Two values that mean the same have one form, so that {@code 64KB} and {@code
 * 65536} are one recipe, and so are a default and the same value given.
 */
final class Recipes {
  /** Most characters of a recipe: the manifest has one for each index, and is read as a whole. */
  private static final int MOST = 400;

  /** A key and its value, which is quoted when it has other characters than most. */
  private static final Pattern PAIR = Pattern.compile(" ([a-z][a-z0-9_]*)=(?:'([^']*)'|(\\S+))");

  private Recipes() {}

  /**
   * @param options of the provider, checked
   */
  static Recipe of(EncodingProvider provider, Options options) {
    StringBuilder text = new StringBuilder(provider.encoding().toString());
    provider.options().stream()
        // What is never printed is not stored either; no secret decides how an index is built.
        .filter(option -> !option.secret())
        .sorted(Comparator.comparing(Option::key))
        .forEach(option ->
            value(option, options)
                .ifPresent(
                    value -> text.append(' ').append(option.key()).append('=').append(value)));
    return new Recipe(bounded(text.toString()));
  }

  /**
   * The options in a recipe.
   *
   * @param encoding as which the recipe's blob is stored
   * @return empty when the recipe was cut, or when the provider would not take them any more
   */
  static Optional<Options> options(Recipe recipe, Encoding encoding, EncodingProvider provider) {
    String head = encoding.toString();
    String text = recipe.text();
    if (!text.startsWith(head) || text.length() > MOST) {
      return Optional.empty();
    }
    Map<String, String> given = new HashMap<>();
    Matcher pair = PAIR.matcher(text).region(head.length(), text.length());
    int end = head.length();
    for (; pair.lookingAt(); pair.region(end, text.length())) {
      String quoted = pair.group(2);
      given.put(pair.group(1), quoted == null ? pair.group(3) : quoted);
      end = pair.end();
    }
    // A value with a quote in it is not told from what follows.
    return end == text.length() ? options(given, provider) : Optional.empty();
  }

  /** Options that have come since have their defaults. */
  private static Optional<Options> options(Map<String, String> given, EncodingProvider provider) {
    try {
      Options options = Options.of("", provider.options(), given);
      provider.check(options);
      return Optional.of(options);
    } catch (ElacsymException e) {
      return Optional.empty();
    }
  }

  /** Whether options have the same values, whatever they were written like. */
  static boolean sameOptions(EncodingProvider provider, Options one, Options other) {
    return of(provider, one).equals(of(provider, other));
  }

  private static Optional<String> value(Option option, Options options) {
    String key = option.key();
    return options
        .find(key)
        .map(given ->
            switch (option.type()) {
              case INTEGER -> Long.toString(options.integer(key));
              case NUMBER -> Double.toString(options.number(key));
              case BYTES -> Long.toString(options.bytes(key));
              case DURATION -> options.duration(key).toMillis() + "ms";
              case FLAG -> given;
              case TEXT, PATH -> given.matches("[\\w./-]+") ? given : "'" + given + "'";
            });
  }

  /** A long text is cut; then its checksum tells it from others that begin like it. */
  private static String bounded(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Strings.shown(text, MOST) + " " + HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
