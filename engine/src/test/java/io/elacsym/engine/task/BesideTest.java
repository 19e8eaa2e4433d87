package io.elacsym.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.QueryCost;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BesideTest {
  private static QueryCost cost(int besideWaves, int ownWaves) throws Exception {
    ReadTrace trace = new ReadTrace();
    trace.call(() -> {
      ReadTrace.request(1);
      Beside beside =
          Beside.start(() -> {
            for (int wave = 0; wave < besideWaves; wave++) {
              ReadTrace.request(10);
            }
          });
      for (int wave = 0; wave < ownWaves; wave++) {
        ReadTrace.request(100);
      }
      beside.join();
      ReadTrace.request(1);
      return "";
    });
    return trace.cost();
  }

  @Test
  void wavesOverlapWithThoseOfTheStarterSinceTheStart() throws Exception {
    assertThat(cost(1, 1)).isEqualTo(new QueryCost(3, 0, 4, 112, 0, 0, 0));
    assertThat(cost(3, 1)).isEqualTo(new QueryCost(5, 0, 6, 132, 0, 0, 0));
    assertThat(cost(0, 2)).isEqualTo(new QueryCost(4, 0, 4, 202, 0, 0, 0));
  }

  @Test
  @Timeout(60)
  void itRunsWhileItsStarterGoesOn() throws Exception {
    CountDownLatch meet = new CountDownLatch(2);
    Beside beside =
        Beside.start(() -> {
          meet.countDown();
          try {
            meet.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    meet.countDown();
    meet.await();
    beside.join();
  }

  @Test
  void whatItCouldNotReadIsLeftToWhoeverNeedsIt() {
    Beside.start(
            () -> {
              throw ElacsymException.unavailable("not now", new IllegalStateException());
            })
        .join();
  }

  @Test
  void aBugIsThrown() {
    Beside beside =
        Beside.start(() -> {
          throw new IllegalStateException("a bug");
        });
    assertThatThrownBy(beside::join).hasMessage("a bug");
  }
}
