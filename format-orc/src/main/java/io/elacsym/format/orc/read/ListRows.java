package io.elacsym.format.orc.read;

import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;
import org.apache.orc.impl.RunLengthIntegerReaderV2;

/** Rows with a list of values, possibly empty, or none. */
final class ListRows implements ColumnRows {
  private final Presence presence;
  private final RunLengthIntegerReaderV2 lengths;
  private final ValueReader values;

  ListRows(Presence presence, RunLengthIntegerReaderV2 lengths, ValueReader values) {
    this.presence = presence;
    this.lengths = lengths;
    this.values = values;
  }

  @Override
  public void skip(int rows) throws IOException {
    long elements = 0;
    for (int lists = presence.skip(rows); lists > 0; lists--) {
      elements += lengths.next();
    }
    values.skip(Math.toIntExact(elements));
  }

  @Override
  public void read(int rows, ColumnBuilder to) throws IOException {
    for (int i = 0; i < rows; i++) {
      if (presence.next()) {
        for (long left = lengths.next(); left > 0; left--) {
          values.read(to);
        }
        to.endList();
      } else {
        to.addAbsent();
      }
    }
  }
}
