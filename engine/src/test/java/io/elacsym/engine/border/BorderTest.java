package io.elacsym.engine.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.PluginFaults;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.fault.CrashError;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of plugins, at the border between them and the host. */
@Timeout(60)
final class BorderTest {
  private final PluginWatch watch = new PluginWatch(Instant::now);

  /** A storage that does something of its own when it is asked for the head of an object. */
  private Storage storage(Supplier<@Nullable Optional<ObjectInfo>> head) {
    Storage memory = new MemoryStorage(Instant::now).attach();
    StorageProvider bare =
        new GivenStorageProvider(
            "bad",
            () ->
                new ForwardingStorage(memory) {
                  @Override
                  @SuppressWarnings("NullAway")
                  public Optional<ObjectInfo> head(String name) {
                    return head.get();
                  }
                });
    return Border.around(StorageProvider.class, bare, watch).open(TestContext.of(bare));
  }

  /** Throws anything, as a plugin in another language can. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable, R> R sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  static Stream<Throwable> thrown() {
    return Stream.of(
        new FileNotFoundException("/secret/path"),
        new IllegalStateException("odd"),
        new NoClassDefFoundError("x/Y"),
        new AssertionError("no"),
        new StackOverflowError(),
        new OutOfMemoryError("Java heap space"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void whateverIsThrownFailsTheCallByTheNameOfThePlugin(Throwable thrown) {
    Storage bad = storage(() -> sneaky(thrown));
    assertThatThrownBy(() -> bad.head("a"))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
              assertThat(e.getMessage()).isEqualTo("storage plugin 'bad' failed in head");
              assertThat(e.forOperators())
                  .contains(
                      thrown instanceof LinkageError ? "class x.Y is missing" : thrown.toString());
            })
        .hasCause(thrown);
    assertThat(watch.faults()).containsExactly(new PluginFaults("storage", "bad", 1, 0));
  }

  @Test
  void whatTheInterfaceAllowsIsThrownAsItIs() {
    ElacsymException away = new ElacsymException(ErrorKind.UNAVAILABLE, "away");
    assertThatThrownBy(() -> storage(() -> sneaky(away)).head("a")).isSameAs(away);
    assertThat(watch.faults()).containsExactly(new PluginFaults("storage", "bad", 0, 0));
  }

  @Test
  void whatTheHostHasThrownIntoAPluginComesOutWithItsKindHoweverItIsWrapped() {
    Throwable wrapped =
        new IllegalStateException(new ElacsymException(ErrorKind.TIMEOUT, "not in time"));
    assertThatThrownBy(() -> storage(() -> sneaky(wrapped)).head("a"))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT))
        .hasMessage("not in time");
  }

  @Test
  void aNullIsAFailure() {
    assertThatThrownBy(() -> storage(() -> null).head("a"))
        .hasMessageContaining("storage plugin 'bad' gave null in head");
    assertThat(watch.faults()).containsExactly(new PluginFaults("storage", "bad", 0, 1));
  }

  @Test
  void theEndOfTheVirtualMachineIsNotContained() {
    CrashError end = new CrashError("dead");
    assertThatThrownBy(() -> storage(() -> sneaky(end)).head("a")).isSameAs(end);
  }

  @Test
  void aPluginRunsWithItsOwnContextClassLoaderAlsoInWhatItHasOpened() {
    AtomicReference<@Nullable ClassLoader> seen = new AtomicReference<>();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    Storage storage =
        storage(() -> {
          seen.set(Thread.currentThread().getContextClassLoader());
          return Optional.empty();
        });
    ClassLoader hosts = new ClassLoader(before) {};
    thread.setContextClassLoader(hosts);
    try {
      assertThat(storage.head("a")).isEmpty();
      assertThat(thread.getContextClassLoader()).isSameAs(hosts);
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(seen.get()).isSameAs(GivenStorageProvider.class.getClassLoader());
  }

  @Test
  void aProviderIsWrappedOnce() {
    StorageProvider bare = new GivenStorageProvider("bad", MemoryStorage::new);
    StorageProvider once = Border.around(StorageProvider.class, bare, watch);
    assertThat(Border.around(StorageProvider.class, once, watch)).isSameAs(once).isEqualTo(once);
    assertThat(once).isNotEqualTo(bare);
  }

  @Test
  void aCallThatDoesNotComeBackIsNamedByItsDeadline() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Storage slow =
        storage(() -> {
          inside.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        });
    AtomicLong nanos = new AtomicLong();
    Deadline deadline = Deadline.in(Duration.ofSeconds(1), nanos::get);
    Thread caller = Thread.ofVirtual().start(() -> deadline.run(() -> slow.head("a")));
    inside.await();
    assertThat(watch.calls().holding(deadline))
        .contains("storage plugin 'bad' has not come back from head");
    assertThat(watch.calls().holding(Deadline.NONE)).isEmpty();
    end.countDown();
    caller.join();
    assertThat(watch.calls().holding(deadline)).isEmpty();
  }

  @Test
  void listsAreGivenAsTheyAre() {
    assertThat(storage(Optional::empty).list("", "", 1)).isEqualTo(List.of());
  }
}
