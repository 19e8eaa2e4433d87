package io.elacsym.engine.owner;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalEntry;
import java.util.List;

/** The entry of the WAL with which a new epoch stops the writer of the one before. */
public final class Fence {
  private Fence() {}

  /** The entry, at a number. */
  static WalEntry entry(Site site, Manifest manifest, long number) {
    return new WalEntry(
        number, manifest.epoch(), manifest.incarnation(), site.seams().ids().get(), List.of());
  }

  /**
   * Takes the next free number of the WAL for an epoch that was just committed, without opening the
   * namespace: for changes that need none of its rows.
   *
   * @return that number: no entry of an earlier epoch will ever count behind it
   * @throws ElacsymException {@code CONFLICT} when another writer has taken over since, {@code
   *     UNAVAILABLE} when storage fails
   */
  public static long put(Site site, Manifest manifest) {
    return site.wal(manifest)
        .fence(
            // Never a number that was used, also where somebody has deleted what had it.
            Math.max(manifest.walFloor(), manifest.walLast() + 1),
            found -> requireOlder(site, manifest, found),
            number -> Wal.draft(entry(site, manifest, number)))
        .orElseThrow(() ->
            new ElacsymException(
                ErrorKind.UNAVAILABLE,
                "namespace '"
                    + site.name()
                    + "': storage did not say whether it has taken a write; try again"));
  }

  private static void requireOlder(Site site, Manifest manifest, Found<WalEntry> found) {
    found
        .entry()
        .filter(entry ->
            entry.incarnation().equals(manifest.incarnation()) && entry.epoch() > manifest.epoch())
        .ifPresent(entry -> {
          throw LostRace.of(site.name());
        });
  }
}
