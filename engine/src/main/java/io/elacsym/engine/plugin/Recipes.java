package io.elacsym.engine.plugin;

import io.elacsym.api.EncodingProvider;
import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.model.Strings;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Writes recipes. Two values that mean the same have one form, so that {@code 64KB} and {@code
 * 65536} are one recipe, and so are a default and the same value given.
 */
final class Recipes {
  /** Most characters of a recipe: the manifest has one for each index, and is read as a whole. */
  private static final int MOST = 400;

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
