package io.elacsym.distribution.transfer;

import java.io.IOException;
import java.util.Optional;

/**
 * The lines of a file as UTF-8. A line that cannot be decoded comes as bytes that are no valid
 * UTF-8, so that its reader notices. Lines end at LF in every encoding, so a line has the same
 * number whatever the encoding.
 */
interface Lines {
  /** The next line without its end (LF or CR LF); empty at the end of the file. */
  Optional<byte[]> next() throws IOException;
}
