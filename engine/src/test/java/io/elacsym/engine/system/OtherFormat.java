package io.elacsym.engine.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;

/** Manifests as builds before or after this one write them: the checksum holds. */
final class OtherFormat {
  private static final String CHECKSUM = ",\n  \"crc32c\"";

  private OtherFormat() {}

  /**
   * @param manifest without white space in its texts
   */
  static byte[] of(byte[] manifest, int format) {
    String text = new String(manifest, UTF_8);
    String rest =
        text.substring(0, text.indexOf(CHECKSUM))
            .replaceFirst("\"format\" : \\d+", "\"format\" : " + format);
    CRC32C crc = new CRC32C();
    crc.update((rest.replaceAll("\\s", "") + "}").getBytes(UTF_8));
    return (rest + CHECKSUM + " : " + crc.getValue() + "\n}").getBytes(UTF_8);
  }
}
