package io.elacsym.format.orc.read;

import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;

/** Rows with one value or none. */
final class ScalarRows implements ColumnRows {
  private final Presence presence;
  private final ValueReader values;

  ScalarRows(Presence presence, ValueReader values) {
    this.presence = presence;
    this.values = values;
  }

  @Override
  public void skip(int rows) throws IOException {
    values.skip(presence.skip(rows));
  }

  @Override
  public void read(int rows, ColumnBuilder to) throws IOException {
    for (int i = 0; i < rows; i++) {
      if (presence.next()) {
        values.read(to);
      } else {
        to.addAbsent();
      }
    }
  }
}
