package io.elacsym.engine.cas;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Entries that are appended by many processes, one object each, numbered without gaps: a number is
 * taken once, and whose it is can be found out also when the answer was lost. Safe for use by many
 * threads and processes.
 *
 * @param <T> an entry, decoded
 */
public final class NumberedLog<T> {
  /** Entries read side by side. */
  private static final int READ_AHEAD = 64;

  private static final int PUT_ATTEMPTS = 4;

  private final Storage storage;
  private final NumberedObjects objects;
  private final Decoder<T> decoder;

  public NumberedLog(Storage storage, NumberedObjects objects, Decoder<T> decoder) {
    this.storage = storage;
    this.objects = objects;
    this.decoder = decoder;
  }

  /** Understands an entry. */
  @FunctionalInterface
  public interface Decoder<T> {
    /**
     * @param name of the object, for messages
     * @throws ElacsymException {@code CORRUPT} when it is damaged
     */
    T decode(String name, long number, byte[] bytes);
  }

  /**
   * An entry, encoded, at the number it is to take.
   *
   * @param isOurs whether an entry that was found there is this very one; needs a unique id in it
   */
  public record Draft<T>(long number, byte[] bytes, Predicate<T> isOurs) {}

  /**
   * An entry as found.
   *
   * @param bytes size of the object; 0 when it is damaged
   * @param entry what it says
   * @param damage why it cannot be read, in place of what it says
   */
  public record Found<T>(
      long number, long bytes, Optional<T> entry, Optional<ElacsymException> damage) {}

  /** Where the entry with a number is stored. */
  public String name(long number) {
    return objects.name(number);
  }

  /** Whether there is an entry with a number; it is not read. */
  public boolean has(long number) {
    ReadTrace.request(0);
    return storage.head(name(number)).isPresent();
  }

  /** Whether there is any entry behind a number; none is read. */
  public boolean goesBehind(long number) {
    return !objects.from(number + 1).isEmpty();
  }

  /**
   * What there is of a log behind an entry.
   *
   * @param hasStart whether that entry itself is there
   * @param entries those behind it
   */
  public record Tail<T>(boolean hasStart, List<Found<T>> entries) {}

  /** Every entry from a number on, in order; damaged ones are reported in their place. */
  public List<Found<T>> readFrom(long first) {
    return read(objects.from(first));
  }

  /** As {@link #readFrom}, behind an entry that is looked for and not read. */
  public Tail<T> readBehind(long start) {
    List<Long> numbers = objects.from(start);
    boolean hasStart = !numbers.isEmpty() && numbers.getFirst() == start;
    return new Tail<>(hasStart, read(hasStart ? numbers.subList(1, numbers.size()) : numbers));
  }

  private List<Found<T>> read(List<Long> numbers) {
    List<Found<T>> found = new ArrayList<>(numbers.size());
    for (int from = 0; from < numbers.size(); from += READ_AHEAD) {
      List<Long> window = numbers.subList(from, Math.min(from + READ_AHEAD, numbers.size()));
      Parallel.map(window, this::read).forEach(entry -> entry.ifPresent(found::add));
    }
    return found;
  }

  /** One entry; empty when it does not exist. */
  public Optional<Found<T>> read(long number) {
    return Damage.orElse(
        () -> Retry.whileCorrupt(() -> readOnce(number)),
        damage -> Optional.of(new Found<>(number, 0, Optional.empty(), Optional.of(damage))));
  }

  private Optional<Found<T>> readOnce(long number) {
    String name = name(number);
    Optional<byte[]> stored = storage.get(name, ByteRange.ALL).map(StoredObject::bytes);
    ReadTrace.request(stored.map(bytes -> bytes.length).orElse(0));
    return stored.map(bytes ->
        new Found<>(
            number,
            bytes.length,
            Optional.of(decoder.decode(name, number, bytes)),
            Optional.empty()));
  }

  /** How an append ended. */
  public enum Append {
    /** The entry is durable. */
    WON,
    /** Another entry has this number. */
    LOST,
    /** Nobody can say; the entry may even appear later. */
    UNKNOWN
  }

  /**
   * Stores an entry if its number is still free, and finds out whether it did.
   *
   * @throws ElacsymException whatever the storage throws; then nothing was stored, nor will be
   */
  public Append append(Draft<T> draft) {
    for (int attempt = 0; attempt < PUT_ATTEMPTS; attempt++) {
      boolean inDoubt = attempt > 0;
      switch (put(draft, inDoubt)) {
        case WON -> {
          return Append.WON;
        }
        case LOST -> {
          // An earlier try of ours, in doubt, may be what made this one lose.
          return inDoubt ? whose(draft) : Append.LOST;
        }
        case UNKNOWN -> {
          Append now = whose(draft);
          if (now != Append.UNKNOWN) {
            return now;
          }
        }
      }
    }
    return Append.UNKNOWN;
  }

  /**
   * One try. Once a try is in doubt, the failure of a later one settles nothing: the earlier one
   * may have stored the entry.
   */
  private PutResult.Outcome put(Draft<T> draft, boolean inDoubt) {
    try {
      return storage
          .put(name(draft.number()), Payload.of(draft.bytes()), PutMode.IF_ABSENT)
          .outcome();
    } catch (ElacsymException e) {
      if (inDoubt) {
        return PutResult.Outcome.UNKNOWN;
      }
      throw e;
    }
  }

  /** Whose entry has the number: ours, another one, or nobody can say (also when it is gone). */
  private Append whose(Draft<T> draft) {
    try {
      return read(draft.number())
          .map(found -> found.entry().filter(draft.isOurs()).isPresent() ? Append.WON : Append.LOST)
          .orElse(Append.UNKNOWN);
    } catch (ElacsymException e) {
      return Append.UNKNOWN;
    }
  }

  /**
   * Takes the next free number, whatever it is: a fence. Whoever believed that its own entry was
   * next finds the number taken, and looks who is the writer now.
   *
   * @param first where to begin to look
   * @param seen is shown the entries that are there before each try, and may throw
   * @param draft the fence for a number
   * @return the number; empty when nobody can say whether it was taken
   */
  public Optional<Long> fence(
      long first, Consumer<List<Found<T>>> seen, LongFunction<Draft<T>> draft) {
    while (true) {
      List<Found<T>> entries = readFrom(first);
      seen.accept(entries);
      long next = entries.isEmpty() ? first : entries.getLast().number() + 1;
      switch (append(draft.apply(next))) {
        case WON -> {
          return Optional.of(next);
        }
        case LOST -> {
          // A writer was faster: its entry counts, and the next number is tried.
        }
        case UNKNOWN -> {
          return Optional.empty();
        }
      }
    }
  }

  /** Deletes all entries with lower numbers, oldest first. */
  public void deleteBelow(long number) {
    objects.deleteBelow(number);
  }
}
