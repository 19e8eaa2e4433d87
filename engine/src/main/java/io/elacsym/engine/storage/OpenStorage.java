package io.elacsym.engine.storage;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.task.BackgroundTurns;
import io.elacsym.engine.task.OnFailure;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plugin's storage with two additions. Once it is closed, every call fails in one way, whatever
 * the plugin does then, so that callers still under way learn that the server is stopping. And it
 * tells a {@link StorageWatch} which requests are answered.
 */
public final class OpenStorage implements Storage {
  private static final System.Logger LOG = System.getLogger(OpenStorage.class.getName());

  private final Storage inner;
  private final StorageWatch watch;
  private final BackgroundTurns turns;
  private volatile boolean closed;

  private OpenStorage(Storage inner, StorageWatch watch, BackgroundTurns turns) {
    this.inner = inner;
    this.watch = watch;
    this.turns = turns;
  }

  /**
   * Opens the storage that is configured, and proves that it keeps its promises.
   *
   * @throws ElacsymException as {@code Engine.open} throws it
   */
  public static Storage open(
      Plugins plugins, Seams seams, StorageWatch watch, BackgroundTurns turns) {
    StorageProvider provider = plugins.storage();
    Storage storage = new OpenStorage(provider.open(plugins.context(provider)), watch, turns);
    return OnFailure.undo(
        storage::close,
        () -> {
          StorageProof.check(storage, seams.ids().get());
          return storage;
        });
  }

  private <T> T call(Supplier<T> action) {
    if (closed) {
      throw stopping(Optional.empty());
    }
    try {
      T result = turns.request(action);
      // A put in doubt is no answer.
      if (!PutResult.UNKNOWN.equals(result)) {
        watch.answered();
      }
      return result;
    } catch (RuntimeException e) {
      if (closed) {
        throw stopping(Optional.of(e));
      }
      if (e instanceof ElacsymException failure) {
        watch.failed(failure);
      }
      throw e;
    }
  }

  /** As {@link #call}, for a request that carries little: it is answered soon, or not at all. */
  private <T> T small(Supplier<T> action) {
    return call(() -> {
      Object request = watch.sent();
      try {
        return action.get();
      } finally {
        watch.over(request);
      }
    });
  }

  private static ElacsymException stopping(Optional<RuntimeException> cause) {
    String message = "the server is stopping";
    return cause
        .map(e -> new ElacsymException(ErrorKind.UNAVAILABLE, message, e))
        .orElseGet(() -> new ElacsymException(ErrorKind.UNAVAILABLE, message));
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    return call(() -> inner.get(name, range));
  }

  @Override
  public Changed getIfChanged(String name, String knownTag) {
    return small(() -> inner.getIfChanged(name, knownTag));
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return small(() -> inner.head(name));
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    try {
      return call(() -> inner.put(name, payload, mode));
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.INTERNAL) {
        throw e;
      }
      // The plugin has a bug, so nobody knows whether it has stored anything before it failed.
      // Whoever
      // asked for the put reads back, as after a lost answer.
      LOG.log(Level.ERROR, "a put of " + name + " is in doubt: " + e.forOperators(), e);
      return PutResult.UNKNOWN;
    }
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return small(() -> inner.list(prefix, after, limit));
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return small(() -> inner.listFolders(prefix, after, limit));
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    call(() -> {
      inner.deleteBefore(name, deadline);
      return name;
    });
  }

  @Override
  public void delete(List<String> names) {
    call(() -> {
      inner.delete(names);
      return names;
    });
  }

  @Override
  public StorageCapabilities capabilities() {
    return inner.capabilities();
  }

  @Override
  public Optional<Path> temporaryFolder() {
    return inner.temporaryFolder();
  }

  @Override
  public StorageStatistics statistics() {
    return inner.statistics();
  }

  @Override
  public void close() {
    closed = true;
    inner.close();
  }
}
