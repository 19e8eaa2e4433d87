package io.elacsym.engine.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.NamespaceTotal;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.TaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Counting costs requests: as few counts as possible, and each as good as it says. */
class NamespaceCountTest {
  private static final int CALLERS = 8;

  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Queue<Runnable> begun = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> answers = new ArrayDeque<>();

  /** How long a count takes. */
  private Duration time = Duration.ZERO;

  private final NamespaceCount count =
      new NamespaceCount(
          () -> {
            pass(time);
            if (answers.isEmpty()) {
              throw ElacsymException.unavailable("not now", new IllegalStateException());
            }
            return answers.remove();
          },
          new Seams(() -> now, Seams.real().ids(), 1, new Begun()));

  /** Counts begin and go on when a test lets them. */
  private final class Begun implements TaskRunner {
    @Override
    public void start(String name, Runnable task) {
      begun.add(task);
    }

    @Override
    public void sleep(Duration length) {
      throw new UnsupportedOperationException("a count never sleeps");
    }
  }

  private void pass(Duration length) {
    now = now.plus(length);
  }

  private void finish(int answer) {
    answers.add(answer);
    begun.remove().run();
  }

  /** Callers of whom each waits for a count. */
  private List<CompletableFuture<Integer>> waiting(int callers) {
    List<CompletableFuture<Integer>> results = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      CompletableFuture<Integer> result = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  result.complete(count.get());
                } catch (ElacsymException e) {
                  result.completeExceptionally(e);
                }
              });
      while (caller.getState() != Thread.State.WAITING
          && caller.getState() != Thread.State.TERMINATED) {
        Thread.onSpinWait();
      }
      results.add(result);
    }
    return results;
  }

  @Test
  void whoeverAsksWhileACountRunsSharesIt() {
    List<CompletableFuture<Integer>> results = waiting(CALLERS);
    assertThat(begun).hasSize(1);
    assertThat(results).noneMatch(CompletableFuture::isDone);
    finish(7);
    assertThat(results).allSatisfy(result -> assertThat(result.join()).isEqualTo(7));
    assertThat(begun).isEmpty();
  }

  @Test
  void aCountIsGoodForFiveSecondsFromItsEndHoweverLongItTook() {
    time = Duration.ofSeconds(30);
    List<CompletableFuture<Integer>> first = waiting(1);
    finish(7);
    Instant end = now;
    assertThat(first.getFirst().join()).isEqualTo(7);
    pass(Duration.ofMillis(4_999));
    assertThat(count.get()).isEqualTo(7);
    assertThat(count.known()).contains(new NamespaceTotal(7, end));
    assertThat(begun).isEmpty();
    pass(Duration.ofMillis(1));
    List<CompletableFuture<Integer>> second = waiting(CALLERS);
    assertThat(begun).hasSize(1);
    finish(9);
    assertThat(second).allSatisfy(result -> assertThat(result.join()).isEqualTo(9));
  }

  @Test
  void whatIsKnownIsAnsweredAtOnceAndCountedAnewBesides() {
    assertThat(count.known()).isEmpty();
    assertThat(begun).hasSize(1);
    finish(7);
    NamespaceTotal known = new NamespaceTotal(7, now);
    pass(Duration.ofMinutes(1));
    assertThat(count.known()).contains(known);
    assertThat(count.known()).contains(known);
    assertThat(begun).hasSize(1);
    finish(8);
    assertThat(count.known()).contains(new NamespaceTotal(8, now));
  }

  @Test
  void aCountThatBeganBeforeAChangeOfThisProcessIsNotForWhoeverAsksAfterIt() {
    List<CompletableFuture<Integer>> before = waiting(1);
    count.changed(1);
    List<CompletableFuture<Integer>> after = waiting(1);
    assertThat(begun).hasSize(2);
    finish(7);
    assertThat(before.getFirst().join()).isEqualTo(7);
    assertThat(after.getFirst()).isNotDone();
    finish(8);
    assertThat(after.getFirst().join()).isEqualTo(8);
    assertThat(count.get()).isEqualTo(8);
    assertThat(begun).isEmpty();
  }

  @Test
  void aChangeIsInWhatIsKnownAtOnce() {
    assertThat(count.known()).isEmpty();
    finish(7);
    count.changed(-1);
    assertThat(count.known().map(NamespaceTotal::namespaces)).isEqualTo(Optional.of(6));
  }

  @Test
  void aCountThatFailsFailsAllWhoSharedItAndIsNotKept() {
    List<CompletableFuture<Integer>> results = waiting(CALLERS);
    begun.remove().run();
    assertThat(results)
        .allSatisfy(result ->
            assertThatThrownBy(result::join).hasRootCauseInstanceOf(IllegalStateException.class));
    assertThat(count.known()).isEmpty();
    assertThat(begun).hasSize(1);
    finish(7);
    assertThat(count.get()).isEqualTo(7);
  }
}
