package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IvfOptionsTest {
  @Test
  void defaultsAreCodesInListsOf256() {
    assertThat(IvfOptions.of(Indexes.context().options())).isEqualTo(new IvfOptions(256, "sq8"));
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatThrownBy(() -> IvfOptions.of(Indexes.context("quantizer", "pq").options()))
        .hasMessage("quantizer is 'pq', expected sq8 or flat");
    assertThatThrownBy(() -> IvfOptions.of(Indexes.context("list_rows", "7").options()))
        .hasMessageContaining("list_rows is 7");
  }
}
