package io.elacsym.format.orc.read;

import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;

/** The rows of one part of a column, decoded front to back. For one thread. */
interface ColumnRows {
  /** Passes over rows. */
  void skip(int rows) throws IOException;

  /** Appends rows. */
  void read(int rows, ColumnBuilder to) throws IOException;
}
