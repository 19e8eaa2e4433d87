package io.elacsym.format.columnar;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;

/** Something that decodes bytes by a library. */
@FunctionalInterface
public interface Decoding<T> {
  T run() throws IOException;

  /**
   * Runs it. Whatever the library throws at bytes that are not what was written, it is {@code
   * CORRUPT}: it has no exception of its own for that.
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
