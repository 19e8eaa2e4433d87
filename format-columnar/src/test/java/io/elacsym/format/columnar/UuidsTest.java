package io.elacsym.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import org.junit.jupiter.api.Test;

class UuidsTest {
  private static final ColumnSpec KEY = ColumnSpec.of("key", ValueType.BINARY).logically("uuid");
  private static final ColumnSpec KEYS =
      ColumnSpec.listOf("keys", ValueType.BINARY).logically("uuid");

  @Test
  void onlyBinaryColumnsThatSaySoHaveUuids() {
    assertThat(Uuids.has(KEY)).isTrue();
    assertThat(Uuids.has(KEYS)).isTrue();
    assertThat(Uuids.has(ColumnSpec.of("b", ValueType.BINARY))).isFalse();
    assertThat(Uuids.has(ColumnSpec.of("s", ValueType.STRING).logically("uuid"))).isFalse();
  }

  @Test
  void aUuidOfAnotherLengthIsRefusedNamingColumnAndLengths() {
    assertThatThrownBy(() -> Uuids.check(KEY, new byte[15]))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("'key'")
        .hasMessageContaining("15 bytes, expected 16");
    assertThatThrownBy(() -> Uuids.check(KEYS, new byte[17])).isInstanceOf(ElacsymException.class);
    assertThatCode(() -> Uuids.check(KEY, new byte[16])).doesNotThrowAnyException();
    assertThatCode(() -> Uuids.check(ColumnSpec.of("b", ValueType.BINARY), new byte[15]))
        .doesNotThrowAnyException();
  }
}
