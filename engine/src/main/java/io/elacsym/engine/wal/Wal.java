package io.elacsym.engine.wal;

import io.elacsym.api.storage.Storage;
import io.elacsym.engine.cas.NumberedLog;
import io.elacsym.engine.cas.NumberedLog.Draft;
import io.elacsym.engine.cas.NumberedObjects;

/** The WAL of one life of a namespace. */
public final class Wal {
  private Wal() {}

  /**
   * @param incarnation the life; it is part of the names, so that lives never read each other's
   *     entries
   */
  public static NumberedLog<WalEntry> of(Storage storage, String namespace, String incarnation) {
    return new NumberedLog<>(
        storage,
        new NumberedObjects(storage, namespace + "/wal/", "-" + incarnation + ".wal"),
        WalCodec::read);
  }

  /** An entry, ready to be appended. */
  public static Draft<WalEntry> draft(WalEntry entry) {
    return new Draft<>(
        entry.sequence(),
        WalCodec.write(entry),
        found -> found.commitId().equals(entry.commitId()));
  }
}
