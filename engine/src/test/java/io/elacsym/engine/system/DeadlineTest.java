package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.check.WriteCheck;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.writer.PendingWrite;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits longer than somebody waits for him, whatever the storage does. */
@Timeout(60)
final class DeadlineTest {
  private final MemoryStorage bucket = new MemoryStorage(Instant::now);
  private final HookedStorage storage = new HookedStorage(bucket.attach());
  private final Deadline deadline = Deadline.in(Duration.ofDays(1), System::nanoTime);

  /** A call under the deadline, on a thread of its own. */
  private <T> FutureTask<T> start(Callable<T> call) {
    return started(() -> deadline.call(call));
  }

  private static <T> FutureTask<T> started(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static void timesOut(FutureTask<?> call, String message) {
    assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT))
        .hasMessageContaining("the client has left")
        .hasMessageContaining(message);
  }

  private void cancel() {
    deadline.cancel("the client has left");
  }

  private static void write(Namespace namespace, long id) {
    namespace.write(TestEngine.upsert(TestEngine.document(id, "title " + id)));
  }

  private static boolean has(Namespace namespace, long id) {
    return namespace.get(DocId.of(id), Projection.ALL).isPresent();
  }

  private static int hits(Namespace namespace) {
    return namespace
        .query(TestEngine.query(TestEngine.nearest(1, 0), Optional.empty(), 10))
        .hits()
        .size();
  }

  @Test
  void aQueryThatWaitsForTheStorageEndsAndTheNextOneWorks() throws Exception {
    try (Engine engine = TestEngine.open(bucket.attach())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1);
      namespace.flush();
    }
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.namespace("ns");
      HookedStorage.Stall stall = storage.stall(call -> call.startsWith("get ns/indexes/"));
      FutureTask<Integer> query = start(() -> hits(namespace));
      stall.awaitReached();
      cancel();
      timesOut(query, "");
      stall.end();
      assertThat(hits(namespace)).isEqualTo(1);
    }
  }

  @Test
  void aReadThatWaitsForTheManifestEnds() throws Exception {
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1);
      HookedStorage.Stall stall = storage.stall(call -> call.startsWith("getIfChanged"));
      FutureTask<Boolean> read = start(() -> has(namespace, 1));
      stall.awaitReached();
      cancel();
      timesOut(read, "");
      stall.end();
      assertThat(has(namespace, 1)).isTrue();
    }
  }

  @Test
  void openingGoesOnForTheOthersWhenItsCallerLeaves() throws Exception {
    try (Engine engine = TestEngine.open(bucket.attach())) {
      write(engine.create("ns", TestEngine.schema()), 1);
    }
    try (Engine engine = TestEngine.open(storage)) {
      // Counting looks at the manifest, too.
      assertThat(engine.count()).isEqualTo(1);
      HookedStorage.Stall stall = storage.stall(call -> call.contains("ns/manifest.json"));
      FutureTask<Namespace> first = start(() -> engine.namespace("ns"));
      stall.awaitReached();
      FutureTask<Integer> second = started(() -> hits(engine.namespace("ns")));
      cancel();
      timesOut(first, "");
      stall.end();
      assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void aWriteThatNoGroupHasYetIsTakenBack() throws Exception {
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1);
      HookedStorage.Stall stall = storage.stall(call -> call.startsWith("put ns/wal/"));
      FutureTask<Boolean> slow =
          started(() -> {
            write(namespace, 2);
            return true;
          });
      stall.awaitReached();
      FutureTask<Boolean> waiting =
          start(() -> {
            write(namespace, 3);
            return true;
          });
      cancel();
      timesOut(waiting, "nothing of the write was stored");
      stall.end();
      assertThat(slow.get(30, TimeUnit.SECONDS)).isTrue();
      write(namespace, 4);
      assertThat(has(namespace, 2)).isTrue();
      assertThat(has(namespace, 3)).isFalse();
    }
  }

  @Test
  void aWriteThatIsBeingStoredIsInDoubtNeverRefused() throws Exception {
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1);
      HookedStorage.Stall stall = storage.stall(call -> call.startsWith("put ns/wal/"));
      FutureTask<Boolean> slow =
          start(() -> {
            write(namespace, 2);
            return true;
          });
      stall.awaitReached();
      cancel();
      timesOut(slow, "the write may take effect or not");
      stall.end();
      write(namespace, 3);
      assertThat(has(namespace, 2)).as("it did").isTrue();
    }
  }

  @Test
  void aWriteWhoseOwnWorkTakesTooLongIsNotStored() {
    cancel();
    AtomicBoolean resolved = new AtomicBoolean();
    PendingWrite write =
        new PendingWrite(
            WriteCheck.check(TestEngine.delete(1), TestEngine.schema(), Optional.empty()),
            deadline,
            new CompletableFuture<>());
    assertThatThrownBy(() ->
            write.resolved(request -> {
              resolved.set(true);
              return WriteResult.NOTHING;
            }))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT))
        .hasMessageContaining("nothing of the write was stored");
    assertThat(resolved).isFalse();
  }

  @Test
  void aChangeWhoseCallerLeavesGoesOnToItsEnd() throws Exception {
    try (Engine engine = TestEngine.open(storage)) {
      HookedStorage.Stall stall = storage.stall(call -> call.equals("put ns/manifest.json"));
      FutureTask<Namespace> creating = start(() -> engine.create("ns", TestEngine.schema()));
      stall.awaitReached();
      cancel();
      stall.end();
      assertThat(creating.get(30, TimeUnit.SECONDS).name())
          .as("nothing was left out")
          .isEqualTo("ns");
      write(engine.namespace("ns"), 1);
    }
  }

  @Test
  void aTakeoverWhoseCallerLeavesIsNeverHalf() throws Exception {
    try (Engine other = TestEngine.open(bucket.attach())) {
      write(other.create("ns", TestEngine.schema()), 1);
    }
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.namespace("ns");
      long epoch = namespace.stats().epoch();
      HookedStorage.Stall stall = storage.stall(call -> call.equals("put ns/manifest.json"));
      FutureTask<Boolean> flush =
          start(() -> {
            namespace.flush();
            return true;
          });
      stall.awaitReached();
      cancel();
      stall.end();
      try {
        flush.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        assertThat(e).hasMessageContaining("the client has left");
      }
      write(namespace, 2);
      assertThat(namespace.stats().epoch()).as("one takeover, with its fence").isEqualTo(epoch + 1);
    }
  }

  @Test
  void aChangeThatWaitsForItsTurnIsNotBegunWhenItsCallerLeaves() throws Exception {
    try (Engine engine = TestEngine.open(storage)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1);
      HookedStorage.Stall stall = storage.stall(call -> call.startsWith("put ns/segments/"));
      FutureTask<Boolean> flush =
          started(() -> {
            namespace.flush();
            return true;
          });
      stall.awaitReached();
      FutureTask<Boolean> dropping =
          start(() -> {
            engine.drop("ns");
            return true;
          });
      cancel();
      timesOut(dropping, "");
      stall.end();
      assertThat(flush.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(has(namespace, 1)).isTrue();
    }
  }
}
