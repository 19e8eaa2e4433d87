package io.elacsym.engine.leaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.leaf.LeafQuestion.Wanted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final LeafQuestion QUESTION =
      new LeafQuestion.Matching(new TypedFilter.Exists("year", true));

  private final Patience patience = new Patience();

  private void took(int times, long millis) {
    for (int i = 0; i < times; i++) {
      patience.took(QUESTION, Duration.ofMillis(millis));
    }
  }

  @Test
  void untilItKnowsEnoughItWaitsAsLongAsAReadFromTheStorageTakes() {
    took(19, 1);
    assertThat(patience.with(QUESTION)).isEqualTo(Patience.FIRST);
  }

  @Test
  void itWaitsAsLongAsAllButOneOfTwentyTook() {
    took(95, 100);
    took(5, 900);
    assertThat(patience.with(QUESTION)).isEqualTo(Duration.ofMillis(100));
    took(2, 900);
    assertThat(patience.with(QUESTION)).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void itForgetsWhatIsLongAgo() {
    took(1_000, 900);
    took(128, 100);
    assertThat(patience.with(QUESTION)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void itHasBounds() {
    took(128, 1);
    assertThat(patience.with(QUESTION)).isEqualTo(Patience.LEAST);
    took(128, 60_000);
    assertThat(patience.with(QUESTION)).isEqualTo(Patience.MOST);
  }

  @Test
  void anotherKindOfQuestionIsAnotherMatter() {
    took(128, 900);
    assertThat(patience.with(new LeafQuestion.Fetch(new int[0], new Wanted(List.of(), List.of()))))
        .isEqualTo(Patience.FIRST);
  }
}
