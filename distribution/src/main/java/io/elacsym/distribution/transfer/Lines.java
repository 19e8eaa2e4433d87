package io.elacsym.distribution.transfer;

import java.io.IOException;
import java.util.Optional;

/**
 * The lines of a file as UTF-8, of which those that cannot be it are no valid UTF-8 either. In
 * every encoding they end where LF stands, so that the numbers of lines are the same.
 */
interface Lines {
  /** The next line without its end (LF or CR LF); empty at the end of the file. */
  Optional<byte[]> next() throws IOException;
}
