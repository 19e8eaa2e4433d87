package io.elacsym.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnBuilderTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 100})
  void scalarsLieAtTheirRowsHoweverManyRowsWereSaid(int said) {
    ColumnBuilder builder = new ColumnBuilder(ColumnSpec.of("n", ValueType.INT64), said);
    builder.add(5);
    builder.addAbsent();
    builder.add(7);
    Column column = builder.build();
    assertThat(column.rows()).isEqualTo(3);
    assertThat(column.present().stream()).containsExactly(0, 2);
    assertThat(column.longs()[0]).isEqualTo(5);
    assertThat(column.longs()[2]).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 100})
  void listsHaveTheElementsAddedBeforeTheirEnd(int said) {
    ColumnBuilder builder = new ColumnBuilder(ColumnSpec.listOf("tags", ValueType.STRING), said);
    builder.add("a");
    builder.add("b");
    builder.endList();
    builder.addAbsent();
    builder.endList();
    builder.add("c");
    builder.endList();
    Column column = builder.build();
    assertThat(column.rows()).isEqualTo(4);
    assertThat(column.present().stream()).containsExactly(0, 2, 3);
    assertThat(List.of(column.start(0), column.end(0), column.end(1), column.end(2), column.end(3)))
        .containsExactly(0, 2, 2, 2, 3);
    assertThat(column.strings()).startsWith("a", "b", "c");
  }

  @Test
  void vectorsAreCopiedInPlaceAndAbsentOnesAreZeros() {
    ColumnBuilder builder = new ColumnBuilder(ColumnSpec.vector("v", 2), 1);
    builder.addAbsent();
    builder.addVectors(2, (to, at) -> System.arraycopy(new float[] {1, 2, 3, 4}, 0, to, at, 4));
    Column column = builder.build();
    assertThat(column.rows()).isEqualTo(3);
    assertThat(column.isPresent(0)).isFalse();
    assertThat(column.floats()).startsWith(0, 0, 1, 2, 3, 4);
  }

  @Test
  void rowsOfAnotherColumnAreAddedInAnyOrderAndRepeatedly() {
    ColumnBuilder lists = new ColumnBuilder(ColumnSpec.listOf("l", ValueType.BINARY), 3);
    lists.add(new byte[] {1});
    lists.add(new byte[] {2});
    lists.endList();
    lists.addAbsent();
    lists.endList();
    Column gathered = lists.build().gather(new int[] {2, 0, 1, 0});
    assertThat(gathered.present().stream()).containsExactly(0, 1, 3);
    assertThat(gathered.end(0)).isZero();
    assertThat(gathered.binaries()[gathered.start(3) + 1]).containsExactly(2);

    ColumnBuilder vectors = new ColumnBuilder(ColumnSpec.vector("v", 3), 2);
    vectors.addAbsent();
    vectors.addVectors(1, (to, at) -> to[at + 1] = 9);
    assertThat(vectors.build().gather(new int[] {1, 0}).floats()).containsExactly(0, 9, 0, 0, 0, 0);

    ColumnBuilder flags = new ColumnBuilder(ColumnSpec.of("f", ValueType.BOOL), 2);
    flags.add(true);
    flags.add(false);
    assertThat(flags.build().gather(new int[] {1, 0, 0}).booleans())
        .containsExactly(false, true, true);
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    ColumnBuilder builder = new ColumnBuilder(ColumnSpec.of("x", ValueType.FLOAT64), 1);
    assertThatThrownBy(() -> builder.add("text")).isInstanceOf(ClassCastException.class);
  }

  @Test
  void aBatchGivesItsColumnsInTheSchemasOrderOrRefuses() {
    ColumnSpec a = ColumnSpec.of("a", ValueType.INT64);
    ColumnSpec b = ColumnSpec.of("b", ValueType.STRING);
    ColumnBatch batch = ColumnBatch.of(1, List.of(absent(b), absent(a)));
    assertThat(batch.columns(new SegmentSchema(List.of(a, b))).stream().map(Column::spec))
        .containsExactly(a, b);
    for (List<ColumnSpec> other :
        List.of(
            List.of(a),
            List.of(a, b, ColumnSpec.of("c", ValueType.BOOL)),
            List.of(a, b.logically("name")))) {
      assertThatThrownBy(() -> batch.columns(new SegmentSchema(other)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Column absent(ColumnSpec spec) {
    ColumnBuilder builder = new ColumnBuilder(spec, 1);
    builder.addAbsent();
    return builder.build();
  }
}
