package io.elacsym.distribution.probe;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.distribution.promise.PromiseResult;
import io.elacsym.distribution.promise.PromiseRun;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.storage.StorageContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Proves the promises of the storage contract on the very storage that is configured, beside what
 * is stored there: everything it writes has a prefix that nobody else uses, and is deleted again.
 */
public final class StorageProbe {
  private static final String OPENS = "the storage opens and lists what is stored";
  private static final String DELETES = "all that was written for the checks can be deleted";

  private final Supplier<Storage> opening;
  private final String prefix;
  private final PromiseRun promises;

  /**
   * @param options of the provider, by key
   * @param rounds of each race for a conditional put, with 16 writers each
   */
  public StorageProbe(StorageProvider provider, Map<String, String> options, int rounds) {
    this(() -> provider.open(TestContext.of(provider, options)), rounds);
  }

  StorageProbe(Supplier<Storage> opening, int rounds) {
    this.opening = opening;
    this.prefix = "elacsym-probe-" + UUID.randomUUID() + "/";
    this.promises =
        new PromiseRun(
            StorageContract.checks(new ProbePlaces(opening, prefix), rounds),
            thrown -> thrown instanceof ElacsymException e && e.kind() == ErrorKind.UNAVAILABLE);
  }

  /** What the names of all objects of this probe begin with. */
  public String prefix() {
    return prefix;
  }

  /** How many checks there are. */
  public int size() {
    return promises.checks().size();
  }

  /**
   * Runs the checks. Whatever goes wrong when all is deleted in the end is a result, too: what was
   * found out is told.
   *
   * @param time after which no other check is begun; empty to run all
   * @param begin receives each promise when it is about to be checked
   * @throws ElacsymException when the storage says that it cannot be opened or listed at all
   */
  public List<PromiseResult> run(Optional<Duration> time, Consumer<String> begin) {
    Instant start = Instant.now();
    try (Storage storage = opening.get()) {
      if (!storage.list(prefix, "", 1).isEmpty()) {
        throw ElacsymException.conflict("something is stored below " + prefix);
      }
    } catch (ElacsymException e) {
      throw e;
    } catch (Throwable e) {
      return List.of(promises.failed(OPENS, start, e));
    }
    List<PromiseResult> results = new ArrayList<>(promises.run(time, begin));
    Instant end = Instant.now();
    try (Storage storage = opening.get()) {
      ProbePlaces.empty(storage, prefix);
    } catch (Throwable e) {
      results.add(promises.failed(DELETES, end, e));
    }
    return results;
  }
}
