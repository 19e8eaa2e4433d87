package io.elacsym.benchmarks.rivals.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineupTest {
  @Test
  void listsOfRivalsAreAPowerOfTwoNearThreeTimesTheRoot() {
    assertThat(Lineup.lists(10_000)).isEqualTo(256);
    assertThat(Lineup.lists(100_000)).isEqualTo(1_024);
    assertThat(Lineup.lists(1_000_000)).isEqualTo(2_048 * 2);
  }

  @Test
  void aWholeNameIsThatOneAlone() {
    assertThat(Lineup.NAMES).doesNotHaveDuplicates();
    assertThat(Lineup.NAMES.stream().filter(name -> Lineup.isNamed(name, "elacsym ivf")))
        .containsExactly("elacsym ivf");
    assertThat(Lineup.NAMES.stream().filter(name -> Lineup.isNamed(name, "faiss ivf")))
        .containsExactly("faiss ivf pq", "faiss ivf rabitq", "faiss ivf sq8");
  }

  @Test
  void everyPairOfSettingsIsTried() {
    List<Setting> pairs = Setting.times(Setting.each("nprobe", 1, 2), "k_factor", 4, 16);
    assertThat(pairs)
        .extracting(Setting::toString)
        .containsExactly(
            "k_factor 4, nprobe 1",
            "k_factor 16, nprobe 1",
            "k_factor 4, nprobe 2",
            "k_factor 16, nprobe 2");
    assertThat(pairs).extracting(Setting::shape).containsOnly("k_factor nprobe");
  }
}
