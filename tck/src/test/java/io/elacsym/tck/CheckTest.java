package io.elacsym.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.tck.host.Together;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckTest {
  private static final String PROMISE = "it is as it was";

  /** Throws what its signature does not allow, as code of other languages does. */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void throwSneakily(Throwable thrown) throws X {
    throw (X) thrown;
  }

  private static Check throwing(Throwable thrown) {
    return new Check(PROMISE, 7, () -> CheckTest.<RuntimeException>throwSneakily(thrown));
  }

  static List<Throwable> thrown() {
    return List.of(
        new IllegalStateException("what happened"),
        new IOException("what happened"),
        new Throwable("what happened"),
        new NoClassDefFoundError("what happened"),
        new StackOverflowError("what happened"),
        new OutOfMemoryError("what happened"),
        new LinkageError("what happened"),
        new AssertionError("what happened"),
        new InterruptedException("what happened"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void whateverIsThrownIsABrokenPromiseWithItsName(Throwable thrown) {
    assertThatThrownBy(throwing(thrown)::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("broken promise '" + PROMISE + "' (seed 7)")
        .hasMessageContaining("what happened")
        .hasCause(thrown);
  }

  @Test
  void anErrorOfTheVirtualMachineItselfIsNoBrokenPromise() {
    InternalError broken = new InternalError("the machine is broken");
    assertThatThrownBy(throwing(broken)::run).isSameAs(broken);
  }

  @Test
  void aCheckThatHangsFailsAndSaysWhere() {
    CountDownLatch never = new CountDownLatch(1);
    Check hanging = new Check(PROMISE, 7, never::await);
    assertThatThrownBy(() -> hanging.run(Duration.ofMillis(50)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("broken promise '" + PROMISE + "' (seed 7)")
        .hasMessageContaining("did not end within PT0.05S")
        .hasMessageContaining("CountDownLatch.await");
  }

  @Test
  void theSeedOfACheckIsTheCurrentOneWhereItRunsAlsoOnItsThreads() {
    List<Long> seen = new ArrayList<>();
    new Check(
            PROMISE,
            7,
            () -> {
              seen.add(Seed.current());
              seen.addAll(Together.run(3, thread -> Seed.current()));
            })
        .run();
    assertThat(seen).containsExactly(7L, 7L, 7L, 7L);
    assertThat(Seed.current()).isEqualTo(Long.getLong(Seed.PROPERTY, 42));
  }

  @Test
  void checksAreMadeOnceForEachSeedOfTheProfile() {
    List<Check> checks = Check.fromEachSeed(() -> List.of(Check.of(PROMISE, () -> {})));
    assertThat(checks.stream().map(Check::seed).toList())
        .isEqualTo(Profile.current().seeds())
        .startsWith(Seed.current());
  }
}
