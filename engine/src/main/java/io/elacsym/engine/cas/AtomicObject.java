package io.elacsym.engine.cas;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * An object that changes only by compare-and-set, with puts in doubt resolved by reading back. Safe
 * for use by many threads and processes.
 *
 * @param <T> its decoded content
 */
public final class AtomicObject<T> {
  private static final int READ_BACKS = 5;

  private final Storage storage;
  private final String name;
  private final Function<T, byte[]> encode;
  private final Function<byte[], T> decode;
  private final BiPredicate<T, T> sameWrite;

  /**
   * @param sameWrite whether two contents come from one and the same attempt to write; needs a
   *     unique id in the content
   */
  public AtomicObject(
      Storage storage,
      String name,
      Function<T, byte[]> encode,
      Function<byte[], T> decode,
      BiPredicate<T, T> sameWrite) {
    this.storage = storage;
    this.name = name;
    this.encode = encode;
    this.decode = decode;
    this.sameWrite = sameWrite;
  }

  /** The content now; empty when the object does not exist. */
  public Optional<Tagged<T>> read() {
    return Retry.whileCorrupt(() -> {
      Optional<StoredObject> stored = storage.get(name, ByteRange.ALL);
      count(stored);
      return stored.map(this::decoded);
    });
  }

  /**
   * The content if it is another than the known one.
   *
   * @return empty when nothing changed
   * @throws ElacsymException {@code NOT_FOUND} when the object is gone
   */
  public Optional<Tagged<T>> readIfChanged(String knownTag) {
    return Retry.whileCorrupt(() -> {
      Changed changed = storage.getIfChanged(name, knownTag);
      count(changed instanceof Changed.To to ? Optional.of(to.object()) : Optional.empty());
      return switch (changed) {
        case Changed.Unchanged same -> Optional.empty();
        case Changed.To to -> Optional.of(decoded(to.object()));
        case Changed.Gone gone -> throw ElacsymException.notFound("object " + name + " is gone");
      };
    });
  }

  /**
   * Creates the object; empty when it exists already. Puts once: of two puts the second could
   * create the object, which is then used and deleted, and the first, still in doubt, could arrive
   * after that and bring the object back.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when nobody can say whether it was created, now or
   *     later
   */
  public Optional<Tagged<T>> create(T content) {
    return put(content, PutMode.IF_ABSENT, 1);
  }

  /**
   * Replaces the content; empty when the object has another tag now. That may be so because this
   * very write took effect, its put ended in doubt, and somebody wrote on top of it before it was
   * read back: a caller that tries again on the newer content looks there for its change first.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when nobody can say whether it was replaced, now
   *     or later
   */
  public Optional<Tagged<T>> replace(Tagged<T> before, T content) {
    return put(content, PutMode.ifMatches(before.tag()), READ_BACKS);
  }

  private Optional<Tagged<T>> put(T content, PutMode mode, int attempts) {
    byte[] bytes = encode.apply(content);
    for (int attempt = 0; attempt < attempts; attempt++) {
      PutResult result = storage.put(name, Payload.of(bytes), mode);
      switch (result.outcome()) {
        case WON -> {
          return Optional.of(new Tagged<>(content, result.tag().orElseThrow()));
        }
        case LOST, UNKNOWN -> {
          // Also after a loss: an earlier try of ours, in doubt, may be what made this one lose.
          Optional<Tagged<T>> now = read();
          if (now.isPresent() && sameWrite.test(now.get().content(), content)) {
            return now;
          }
          if (result.outcome() == PutResult.Outcome.LOST) {
            return Optional.empty();
          }
        }
      }
    }
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE, "storage did not say whether it has taken object " + name);
  }

  private static void count(Optional<StoredObject> answer) {
    ReadTrace.request(answer.map(object -> object.bytes().length).orElse(0));
  }

  private Tagged<T> decoded(StoredObject object) {
    return new Tagged<>(decode.apply(object.bytes()), object.info().tag());
  }
}
