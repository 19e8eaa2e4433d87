package io.elacsym.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.model.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackgroundTurnsTest {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private void count(Runnable inside) {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    inside.run();
    now.decrementAndGet();
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void noMoreTasksOfAKindRunAtOnceThanAllowedAndKindsDoNotWaitForEachOther() throws Exception {
    BackgroundTurns turns = new BackgroundTurns(100, 3);
    CountDownLatch threeRun = new CountDownLatch(3);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      threads.add(
          Thread.startVirtualThread(() ->
              turns.run(
                  "reaper",
                  () ->
                      count(() -> {
                        threeRun.countDown();
                        await(end);
                      }))));
    }
    threeRun.await();
    turns.run("flush", () -> assertThat(now.get()).isEqualTo(3));
    end.countDown();
    join(threads);
    assertThat(most.get()).isEqualTo(3);
  }

  @Test
  void theBackgroundHasItsShareOfRequestsAlsoSideBySideAndCallersDoNotWaitForIt() throws Exception {
    BackgroundTurns turns = new BackgroundTurns(2, 10);
    CountDownLatch twoRun = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    Thread task =
        Thread.startVirtualThread(() ->
            turns.run(
                "merge",
                () ->
                    Parallel.map(
                        IntStream.range(0, 20).boxed().toList(),
                        i ->
                            turns.request(() -> {
                              count(() -> {
                                twoRun.countDown();
                                await(end);
                              });
                              return i;
                            }))));
    twoRun.await();
    List<Integer> ofCallers =
        Parallel.map(IntStream.range(0, 20).boxed().toList(), i -> turns.request(() -> i));
    assertThat(ofCallers).hasSize(20);
    end.countDown();
    task.join();
    assertThat(most.get()).isEqualTo(2);
  }

  @Test
  void aTurnThatIsGivenAwayIsAnothersAndComesBackOnce() throws Exception {
    BackgroundTurns turns = new BackgroundTurns(100, 1);
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Deadline deadline = Deadline.ofBackground();
    Thread hanging =
        Thread.startVirtualThread(() ->
            turns.run(
                "flush",
                deadline,
                () -> {
                  hangs.countDown();
                  await(end);
                }));
    hangs.await();
    turns.giveAway(Deadline.ofBackground());
    turns.giveAway(deadline);
    turns.giveAway(deadline);
    AtomicInteger ran = new AtomicInteger();
    turns.run("flush", ran::incrementAndGet);
    end.countDown();
    hanging.join();
    assertThat(ran).hasValue(1);

    // Exactly one turn is there again.
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.startVirtualThread(() ->
              turns.run(
                  "flush",
                  () ->
                      count(() -> {
                        inside.countDown();
                        await(leave);
                      }))));
    }
    inside.await();
    leave.countDown();
    join(threads);
    assertThat(most.get()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
