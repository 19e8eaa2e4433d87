package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.Options;
import io.elacsym.index.ivf.build.QuantizerChoice;
import org.junit.jupiter.api.Test;

class IvfOptionsTest {
  @Test
  void defaultsAreFiveBitsInListsOf256() {
    Options options = Indexes.context().options();
    assertThat(IvfOptions.choice(options)).isEqualTo(new QuantizerChoice("rabitq", 5));
    assertThat(IvfOptions.listRows(options)).isEqualTo(256);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatThrownBy(() -> IvfOptions.choice(Indexes.context("quantizer", "lvq").options()))
        .hasMessage("quantizer is 'lvq', expected rabitq, pq, sq8 or flat");
    assertThatThrownBy(() -> IvfOptions.choice(Indexes.context("bits", "4").options()))
        .hasMessage("bits is 4, expected 1, 3, 5 or 8");
    assertThatThrownBy(() -> IvfOptions.listRows(Indexes.context("list_rows", "7").options()))
        .hasMessageContaining("list_rows is 7");
  }
}
