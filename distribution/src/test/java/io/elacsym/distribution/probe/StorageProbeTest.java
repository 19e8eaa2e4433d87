package io.elacsym.distribution.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.distribution.promise.PromiseResult;
import io.elacsym.distribution.promise.PromiseResult.Outcome;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageProbeTest {
  private static final int ROUNDS = 2;
  private static final Payload DOCUMENT = Payload.of("somebody's".getBytes(StandardCharsets.UTF_8));

  private final MemoryStorage bucket = new MemoryStorage();
  private final List<String> begun = new ArrayList<>();

  @BeforeEach
  void fill() {
    bucket.put("docs/manifest.json", DOCUMENT, PutMode.IF_ABSENT);
    bucket.put("zoo/manifest.json", DOCUMENT, PutMode.IF_ABSENT);
  }

  private List<PromiseResult> probe(UnaryOperator<Storage> storage) {
    return new StorageProbe(() -> storage.apply(bucket.attach()), ROUNDS)
        .run(Optional.empty(), begun::add);
  }

  private void expectUntouched() {
    assertThat(bucket.list("", "", 100))
        .map(ObjectInfo::name)
        .containsExactly("docs/manifest.json", "zoo/manifest.json");
  }

  @Test
  void aGoodStorageKeepsEveryPromiseBesideWhatIsStoredThere() {
    List<PromiseResult> results = probe(storage -> storage);
    assertThat(results)
        .hasSizeGreaterThan(25)
        .allSatisfy(result -> {
          assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.HOLDS);
          assertThat(result.failure()).isEmpty();
        });
    assertThat(begun).isEqualTo(results.stream().map(PromiseResult::promise).toList());
    expectUntouched();
  }

  @Test
  void aBrokenPromiseIsNamedWithWhatWasSeenAndCleanedUpAfter() {
    List<PromiseResult> results = probe(Overwriting::new);
    assertThat(results)
        .filteredOn(result -> result.outcome() == Outcome.BROKEN)
        .map(PromiseResult::promise)
        .contains(
            "ifAbsent wins only where there is no object",
            "of many concurrent ifAbsent puts exactly one wins");
    assertThat(results)
        .filteredOn(result -> result.outcome() == Outcome.BROKEN)
        .allSatisfy(result ->
            assertThat(result.failure())
                .hasValueSatisfying(text ->
                    assertThat(text).contains("broken promise '" + result.promise() + "'")));
    assertThat(results).anyMatch(result -> result.outcome() == Outcome.HOLDS);
    expectUntouched();
  }

  @Test
  void whatIsNotAnsweredIsNoBrokenPromise() {
    List<PromiseResult> results = probe(Silent::new);
    assertThat(results)
        .filteredOn(result -> result.outcome() != Outcome.HOLDS)
        .allSatisfy(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.UNANSWERED);
          assertThat(result.failure().orElseThrow()).contains("nobody is there");
        })
        .map(PromiseResult::promise)
        .containsExactly(
            "a conditional get says unchanged, changed or gone",
            "what one handle writes and deletes, another sees at once",
            "readers see whole objects while they are overwritten");
    expectUntouched();
  }

  /** A plugin that was compiled against another library, say. */
  @Test
  void anErrorOfTheStorageIsABrokenPromiseAmongTheOthers() {
    List<PromiseResult> results =
        probe(storage ->
            new ForwardingStorage(storage) {
              @Override
              public Optional<ObjectInfo> head(String name) {
                throw new NoSuchMethodError("head of another version");
              }
            });
    assertThat(results)
        .hasSizeGreaterThan(25)
        .anySatisfy(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.BROKEN);
          assertThat(result.failure().orElseThrow())
              .contains("broken promise '" + result.promise() + "'")
              .contains("NoSuchMethodError: head of another version");
        })
        .anyMatch(result -> result.outcome() == Outcome.HOLDS);
    expectUntouched();
  }

  @Test
  void whatWasFoundOutIsToldAlsoWhenNothingCanBeDeletedInTheEnd() {
    AtomicInteger deletes = new AtomicInteger();
    List<PromiseResult> results =
        probe(storage ->
            new ForwardingStorage(storage) {
              @Override
              public void delete(List<String> names) {
                deletes.incrementAndGet();
                throw new IllegalStateException("deleting is not allowed here");
              }
            });
    assertThat(deletes).hasPositiveValue();
    assertThat(results)
        .hasSizeGreaterThan(25)
        .last()
        .satisfies(result -> {
          assertThat(result.promise())
              .isEqualTo("all that was written for the checks can be deleted");
          assertThat(result.outcome()).isEqualTo(Outcome.BROKEN);
          assertThat(result.failure().orElseThrow()).contains("deleting is not allowed here");
        });
  }

  @Test
  void aStorageThatBreaksWhenItIsOpenedIsAResult() {
    StorageProbe probe =
        new StorageProbe(
            () -> {
              throw new NoClassDefFoundError("com/example/Client");
            },
            ROUNDS);
    assertThat(probe.run(Optional.empty(), begun::add))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.BROKEN);
          assertThat(result.failure().orElseThrow())
              .contains("broken promise '" + result.promise() + "'")
              .contains("com/example/Client");
        });
  }

  @Test
  void aStorageThatDoesNotOpenFailsAtOnce() {
    StorageProbe probe =
        new StorageProbe(
            () -> {
              throw new ElacsymException(ErrorKind.UNAVAILABLE, "no such host");
            },
            ROUNDS);
    assertThatThrownBy(() -> probe.run(Optional.empty(), begun::add)).hasMessage("no such host");
    assertThat(begun).isEmpty();
  }

  /** Does not look whether there is an object: what many stores that are nearly S3 do. */
  private static final class Overwriting extends ForwardingStorage {
    Overwriting(Storage inner) {
      super(inner);
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      return super.put(name, payload, mode.equals(PutMode.IF_ABSENT) ? PutMode.OVERWRITE : mode);
    }
  }

  /** Answers everything but one kind of request. */
  private static final class Silent extends ForwardingStorage {
    Silent(Storage inner) {
      super(inner);
    }

    @Override
    public Changed getIfChanged(String name, String knownTag) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "nobody is there");
    }
  }
}
