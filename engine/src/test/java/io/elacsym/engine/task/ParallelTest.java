package io.elacsym.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.QueryCost;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelTest {
  @Test
  void resultsHaveTheOrderOfTheItems() {
    List<Integer> items = IntStream.range(0, 100).boxed().toList();
    assertThat(Parallel.map(items, item -> item * 2))
        .isEqualTo(items.stream().map(item -> item * 2).toList());
    assertThat(Parallel.map(List.<Integer>of(), item -> item)).isEmpty();
    assertThat(Parallel.map(List.of(3), item -> item + 1)).containsExactly(4);
  }

  @Test
  void itemsRunSideBySide() {
    CountDownLatch all = new CountDownLatch(3);
    Parallel.run(List.of(() -> meet(all), () -> meet(all), () -> meet(all)));
    assertThat(all.getCount()).isZero();
  }

  @Test
  void aFailureIsThrownOnlyAfterEveryItemHasEnded() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(0, 1, 2),
                item -> {
                  if (item == 0) {
                    failed.countDown();
                    throw new IllegalStateException("first");
                  }
                  awaitUnchecked(failed);
                  return ended.incrementAndGet();
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("first");
    assertThat(ended).hasValue(2);
  }

  @Test
  void laterFailuresAreSuppressedInTheFirst() {
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(0, 1, 2),
                item -> {
                  throw new IllegalStateException("item " + item);
                }))
        .hasMessage("item 0")
        .satisfies(e ->
            assertThat(e.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("item 1", "item 2"));
  }

  @Test
  void twoItemsMayFailWithOneAndTheSameException() {
    RuntimeException shared = new IllegalStateException("shared");
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(0, 1),
                item -> {
                  throw shared;
                }))
        .isSameAs(shared);
  }

  @Test
  void anErrorStaysAnError() {
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(0, 1),
                item -> {
                  throw new StackOverflowError("deep");
                }))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void anInterruptedCallerGivesUpAndStaysInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(0, 1),
                item -> {
                  awaitUnchecked(never);
                  return item;
                }))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void thereIsNoTraceOutsideOfOne() {
    assertThat(ReadTrace.current()).isEmpty();
  }

  @Test
  void wavesOfParallelBranchesOverlapAndAllElseAddsUp() throws Exception {
    ReadTrace trace = new ReadTrace();
    trace.call(() -> {
      ReadTrace.request(5);
      return Parallel.map(
          List.of(1, 2, 3),
          item -> {
            for (int wave = 0; wave < item; wave++) {
              ReadTrace.request(10);
            }
            current().memoryHits(2);
            current().diskHits(3);
            current().scored(7);
            return item;
          });
    });
    assertThat(trace.cost()).isEqualTo(new QueryCost(1 + 3, 0, 1 + 6, 5 + 60, 6, 9, 21));
    assertThat(trace.scored()).isEqualTo(21);
  }

  @Test
  void whatOpeningTookIsPartOfTheWhole() throws Exception {
    ReadTrace trace = new ReadTrace();
    trace.call(() -> {
      ReadTrace.request(1);
      ReadTrace.request(1);
      current().opened();
      ReadTrace.request(1);
      current().waited();
      return "";
    });
    assertThat(trace.cost()).isEqualTo(new QueryCost(4, 2, 3, 3, 0, 0, 0));
  }

  @Test
  void aRequestOutsideOfATraceIsNotCounted() {
    ReadTrace.request(1);
    assertThat(new ReadTrace().cost()).isEqualTo(new QueryCost(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aSingleItemCountsForTheCallerItself() throws Exception {
    ReadTrace trace = new ReadTrace();
    trace.call(() ->
        Parallel.map(
            List.of(1),
            item -> {
              ReadTrace.request(1);
              return item;
            }));
    assertThat(trace.cost().waves()).isEqualTo(1);
  }

  private static ReadTrace current() {
    return ReadTrace.current().orElseThrow();
  }

  private static void meet(CountDownLatch latch) {
    latch.countDown();
    awaitUnchecked(latch);
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
