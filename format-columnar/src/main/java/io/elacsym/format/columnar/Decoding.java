package io.elacsym.format.columnar;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;

/** A step that decodes bytes with a library. */
@FunctionalInterface
public interface Decoding<T> {
  T run() throws IOException;

  /**
   * Runs a step. A library has no exception of its own for bytes that are not what was written, so
   * whatever it throws becomes {@code CORRUPT}.
   *
   * @param format what the file is, such as {@code Parquet}, for messages
   */
  static <T> T of(String format, Decoding<T> decoding) {
    try {
      return decoding.run();
    } catch (ElacsymException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ElacsymException(
          ErrorKind.CORRUPT, "the " + format + " file cannot be decoded: " + e, e);
    }
  }
}
