package io.elacsym.distribution.transfer;

/** What one line or row of a file became. */
sealed interface Row {
  /** Its number in the file: the line, or the row from 1. */
  long number();

  /**
   * A document in the form of the HTTP interface, as UTF-8 without line ends at its end.
   *
   * @param json {@code {"id":..,"vector":..,"attributes":{..}}}
   */
  record Document(long number, byte[] json) implements Row {}

  /** A row that is no document. */
  record Rejected(long number, String reason) implements Row {}

  /** A line without anything on it. */
  record Blank(long number) implements Row {}
}
