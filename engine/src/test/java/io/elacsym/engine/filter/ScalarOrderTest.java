package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScalarOrderTest {
  @Test
  void isAnOrder() {
    Seeded.run(random -> {
      Samples samples = new Samples(random);
      for (ElementType type : ElementType.values()) {
        for (int round = 0; round < 500; round++) {
          Value.Scalar a = samples.scalar(type);
          Value.Scalar b = samples.scalar(type);
          Value.Scalar c = samples.scalar(type);
          int ab = Integer.signum(ScalarOrder.INSTANCE.compare(a, b));
          assertThat(Integer.signum(ScalarOrder.INSTANCE.compare(b, a))).isEqualTo(-ab);
          if (ab <= 0 && ScalarOrder.INSTANCE.compare(b, c) <= 0) {
            assertThat(ScalarOrder.INSTANCE.compare(a, c)).isNotPositive();
          }
        }
      }
    });
  }

  @Test
  void uuidsAreOrderedAsTheyPrint() {
    List<String> ascending =
        List.of(
            "00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-7fff-000000000000",
            "00000000-0000-0000-8000-000000000000",
            "7fffffff-0000-0000-0000-000000000000",
            "80000000-0000-0000-0000-000000000000");
    assertThat(ascending.stream().map(id -> (Value.Scalar) new Value.Uuid(UUID.fromString(id))))
        .isSortedAccordingTo(ScalarOrder.INSTANCE);
  }

  @Test
  void valuesOfTwoTypesHaveNoOrder() {
    assertThatThrownBy(() -> ScalarOrder.INSTANCE.compare(new Value.Int(1), new Value.Real(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot compare");
  }
}
