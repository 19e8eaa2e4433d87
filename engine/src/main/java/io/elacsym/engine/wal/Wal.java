package io.elacsym.engine.wal;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The WAL objects of one namespace. */
public final class Wal {
  private static final int PAGE = 1_000;

  /** Entries read side by side. */
  private static final int READ_AHEAD = 64;

  private static final int PUT_ATTEMPTS = 4;

  private final Storage storage;
  private final String prefix;

  public Wal(Storage storage, String namespace) {
    this.storage = storage;
    this.prefix = namespace + "/wal/";
  }

  /** Where entry {@code sequence} is stored. */
  public String name(long sequence) {
    return String.format(Locale.ROOT, "%s%020d.wal", prefix, sequence);
  }

  /**
   * An entry as found.
   *
   * @param sequence its number
   * @param bytes size of the object; 0 when it is damaged
   * @param entry what it says
   * @param damage why it cannot be read, in place of what it says
   */
  public record Found(
      long sequence, long bytes, Optional<WalEntry> entry, Optional<ElacsymException> damage) {}

  /** Every entry from {@code floor} on, in order; damaged ones are reported in their place. */
  public List<Found> readFrom(long floor) {
    List<Long> sequences = new ArrayList<>();
    String after = floor == 0 ? "" : name(floor - 1);
    List<ObjectInfo> page;
    do {
      page = storage.list(prefix, after, PAGE);
      ReadTrace.request(0);
      for (ObjectInfo object : page) {
        sequenceOf(object.name()).ifPresent(sequences::add);
        after = object.name();
      }
    } while (page.size() == PAGE);
    List<Found> found = new ArrayList<>(sequences.size());
    for (int from = 0; from < sequences.size(); from += READ_AHEAD) {
      List<Long> window = sequences.subList(from, Math.min(from + READ_AHEAD, sequences.size()));
      Parallel.map(window, this::read).forEach(entry -> entry.ifPresent(found::add));
    }
    return found;
  }

  /** One entry; empty when it does not exist. */
  public Optional<Found> read(long sequence) {
    try {
      return Retry.whileCorrupt(() -> readOnce(sequence));
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      return Optional.of(new Found(sequence, 0, Optional.empty(), Optional.of(e)));
    }
  }

  private Optional<Found> readOnce(long sequence) {
    String name = name(sequence);
    Optional<byte[]> stored = storage.get(name, ByteRange.ALL).map(StoredObject::bytes);
    ReadTrace.request(stored.map(bytes -> bytes.length).orElse(0));
    return stored.map(bytes ->
        new Found(
            sequence,
            bytes.length,
            Optional.of(WalCodec.read(name, sequence, bytes)),
            Optional.empty()));
  }

  private Optional<Long> sequenceOf(String name) {
    String file = name.substring(prefix.length());
    // 18 digits always fit a long; whatever has more is not ours.
    return file.matches("00\\d{18}\\.wal")
        ? Optional.of(Long.parseLong(file.substring(0, 20)))
        : Optional.empty();
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
  public Append append(WalEntry entry, byte[] bytes) {
    for (int attempt = 0; attempt < PUT_ATTEMPTS; attempt++) {
      boolean inDoubt = attempt > 0;
      switch (put(entry, bytes, inDoubt)) {
        case WON -> {
          return Append.WON;
        }
        case LOST -> {
          // An earlier try of ours, in doubt, may be what made this one lose.
          return inDoubt ? whose(entry) : Append.LOST;
        }
        case UNKNOWN -> {
          Append now = whose(entry);
          if (now != Append.UNKNOWN) {
            return now;
          }
        }
      }
    }
    return Append.UNKNOWN;
  }

  /** One try. Once a try is in doubt, the failure of a later one settles nothing. */
  private PutResult.Outcome put(WalEntry entry, byte[] bytes, boolean inDoubt) {
    try {
      return storage.put(name(entry.sequence()), Payload.of(bytes), PutMode.IF_ABSENT).outcome();
    } catch (ElacsymException e) {
      if (inDoubt) {
        return PutResult.Outcome.UNKNOWN;
      }
      throw e;
    }
  }

  /** Whose entry has the number: ours, another one, or nobody can say (also when it is gone). */
  private Append whose(WalEntry entry) {
    try {
      return read(entry.sequence())
          .map(found ->
              found.entry().filter(e -> e.commitId().equals(entry.commitId())).isPresent()
                  ? Append.WON
                  : Append.LOST)
          .orElse(Append.UNKNOWN);
    } catch (ElacsymException e) {
      return Append.UNKNOWN;
    }
  }

  /**
   * Names of entries below {@code floor} that still exist, oldest first, at most a page of them.
   */
  public List<String> below(long floor) {
    return storage.list(prefix, "", PAGE).stream()
        .map(ObjectInfo::name)
        .filter(name -> sequenceOf(name).filter(sequence -> sequence < floor).isPresent())
        .toList();
  }
}
