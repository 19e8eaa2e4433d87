package io.elacsym.distribution.probe;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.storage.StorageFixture;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Places for the storage contract on a storage that others use: each is a folder of its own below a
 * prefix that nobody else has, and is empty again when it is closed. One after the other.
 */
final class ProbePlaces implements StorageFixture {
  private static final int LONGEST_NAME = 1000;
  private static final int PAGE = 1_000;

  private final Supplier<Storage> opening;
  private final String prefix;
  private int places;

  /**
   * @param opening opens the whole storage
   * @param prefix ends with a slash
   */
  ProbePlaces(Supplier<Storage> opening, String prefix) {
    this.opening = opening;
    this.prefix = prefix;
  }

  private String folder(int place) {
    return prefix + String.format(Locale.ROOT, "%03d/", place);
  }

  @Override
  public int longestName() {
    return LONGEST_NAME - folder(0).length();
  }

  @Override
  public Place newPlace() {
    places++;
    return new Folder(folder(places));
  }

  /** Deletes everything below a prefix. */
  static void empty(Storage storage, String prefix) {
    List<String> names;
    do {
      names = storage.list(prefix, "", PAGE).stream().map(ObjectInfo::name).toList();
      if (!names.isEmpty()) {
        storage.delete(names);
      }
    } while (names.size() == PAGE);
  }

  /** One place. */
  private final class Folder implements Place {
    private final String name;
    private final Queue<Storage> opened = new ConcurrentLinkedQueue<>();

    Folder(String name) {
      this.name = name;
    }

    @Override
    public Storage open() {
      Storage storage = new PrefixedStorage(opening.get(), name);
      opened.add(storage);
      return storage;
    }

    /**
     * Closes the storages that a check which failed half-way has left open, and then empties the
     * folder.
     */
    @Override
    public void close() {
      try {
        closeAll();
      } finally {
        try (Storage storage = opening.get()) {
          empty(storage, name);
        }
      }
    }

    /** Each of them, also when one fails to close. */
    private void closeAll() {
      Storage storage = opened.poll();
      if (storage != null) {
        try {
          storage.close();
        } finally {
          closeAll();
        }
      }
    }
  }
}
