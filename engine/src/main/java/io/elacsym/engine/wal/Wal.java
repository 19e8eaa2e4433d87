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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The WAL objects of one namespace. */
public final class Wal {
  private static final int PAGE = 1_000;
  private static final int PUT_ATTEMPTS = 4;

  private final Storage storage;
  private final String prefix;

  public Wal(Storage storage, String namespace) {
    this.storage = storage;
    this.prefix = namespace + "/wal/";
  }

  /** Where entry {@code sequence} is stored. */
  public String name(long sequence) {
    return prefix + "%020d.wal".formatted(sequence);
  }

  /**
   * An entry as found.
   *
   * @param sequence its number
   * @param bytes size of the object
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
      for (ObjectInfo object : page) {
        sequenceOf(object.name()).ifPresent(sequences::add);
        after = object.name();
      }
    } while (page.size() == PAGE);
    if (sequences.isEmpty()) {
      return List.of();
    }
    return Parallel.map(sequences, this::read).stream().flatMap(Optional::stream).toList();
  }

  /** One entry; empty when it does not exist. */
  public Optional<Found> read(long sequence) {
    Optional<StoredObject> object = storage.get(name(sequence), ByteRange.ALL);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = object.get().bytes();
    try {
      WalEntry entry = WalCodec.read(name(sequence), sequence, bytes);
      return Optional.of(
          new Found(sequence, bytes.length, Optional.of(entry), Optional.empty()));
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      return Optional.of(new Found(sequence, bytes.length, Optional.empty(), Optional.of(e)));
    }
  }

  private Optional<Long> sequenceOf(String name) {
    String file = name.substring(prefix.length());
    return file.matches("\\d{20}\\.wal")
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

  /** Stores an entry if its number is still free, and finds out whether it did. */
  public Append append(WalEntry entry, byte[] bytes) {
    for (int attempt = 0; attempt < PUT_ATTEMPTS; attempt++) {
      PutResult result =
          storage.put(name(entry.sequence()), Payload.of(bytes), PutMode.IF_ABSENT);
      switch (result.outcome()) {
        case WON -> {
          return Append.WON;
        }
        case LOST -> {
          // An earlier try of ours, in doubt, may be what made this one lose.
          return attempt > 0 && isOurs(entry) ? Append.WON : Append.LOST;
        }
        case UNKNOWN -> {
          if (isOurs(entry)) {
            return Append.WON;
          }
        }
      }
    }
    return Append.UNKNOWN;
  }

  private boolean isOurs(WalEntry entry) {
    return read(entry.sequence())
        .flatMap(Found::entry)
        .filter(found -> found.commitId().equals(entry.commitId()))
        .isPresent();
  }

  /** Names of entries below {@code floor} that still exist, oldest first, at most a page of them. */
  public List<String> below(long floor) {
    return storage.list(prefix, "", PAGE).stream()
        .map(ObjectInfo::name)
        .filter(name -> sequenceOf(name).filter(sequence -> sequence < floor).isPresent())
        .toList();
  }
}
