package io.elacsym.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnWindowTest {
  private static final BatchCursor SHORT =
      new BatchCursor() {
        @Override
        public Optional<ColumnBatch> next() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /** A file may have fewer rows than its segment says: that is damage, and no bug of ours. */
  @Test
  void aColumnThatEndsTooEarlyIsDamage() {
    ColumnWindow column = new ColumnWindow("ns/segments/a.rows", "year", 0, 10, () -> SHORT);
    assertThatThrownBy(() -> column.read(3, (values, at) -> at))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
        .hasMessage("object ns/segments/a.rows: column 'year' ends before its last row");
  }
}
