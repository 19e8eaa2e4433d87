package io.elacsym.engine.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Manifests as builds before or after this one write them: the checksum holds. */
final class OtherFormat {
  private static final String CHECKSUM = ",\n  \"crc32c\"";

  /** A text, or white space outside of texts, which the checksum does not cover. */
  private static final Pattern TEXT_OR_SPACE = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\")|\\s+");

  private OtherFormat() {}

  static byte[] of(byte[] manifest, int format) {
    String text = new String(manifest, UTF_8);
    String rest =
        text.substring(0, text.indexOf(CHECKSUM))
            .replaceFirst("\"format\" : \\d+", "\"format\" : " + format);
    CRC32C crc = new CRC32C();
    String bare =
        TEXT_OR_SPACE
            .matcher(rest)
            .replaceAll(
                found -> Matcher.quoteReplacement(Optional.ofNullable(found.group(1)).orElse("")));
    crc.update((bare + "}").getBytes(UTF_8));
    return (rest + CHECKSUM + " : " + crc.getValue() + "\n}").getBytes(UTF_8);
  }
}
