package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/**
 * How files of text are read.
 *
 * @param charset how their bytes are text
 * @param unnamed what a column without a name is called, or {@link #IGNORED}; empty when there must
 *     be none
 */
public record TextOptions(Charset charset, Optional<String> unnamed) {
  /** In place of a name: the column is left out. */
  public static final String IGNORED = "-";

  public static final TextOptions USUAL = new TextOptions(StandardCharsets.UTF_8, Optional.empty());

  /**
   * The options as they are given.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when there is no such charset
   */
  public static TextOptions of(Optional<String> charset, Optional<String> unnamed) {
    return new TextOptions(
        charset.map(TextOptions::charset).orElse(StandardCharsets.UTF_8), unnamed);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new ElacsymException(
          io.elacsym.api.ErrorKind.INVALID_REQUEST,
          "--charset is '" + name + "', expected an encoding such as UTF-8 or windows-1252",
          e);
    }
  }

  /**
   * Why bytes are refused that are no text in this encoding, as the end of a message that says
   * where they are.
   */
  String refusal() {
    return "bytes that are not "
        + charset.name()
        + "; --charset names the encoding of the file, such as windows-1252";
  }
}
