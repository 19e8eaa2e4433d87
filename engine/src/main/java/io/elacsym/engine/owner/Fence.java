package io.elacsym.engine.owner;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalCodec;
import io.elacsym.engine.wal.WalEntry;
import java.util.List;

/**
 * Stops whoever writes to a namespace, without opening it: for changes that need none of its rows.
 */
public final class Fence {
  private Fence() {}

  /**
   * Takes the next free number of the WAL for an epoch that was just committed.
   *
   * @return that number: no entry of an earlier epoch will ever count behind it
   * @throws ElacsymException {@code CONFLICT} when another writer has taken over since, {@code
   *     UNAVAILABLE} when storage fails
   */
  public static long put(Site site, Manifest manifest) {
    while (true) {
      long last = manifest.walFloor() - 1;
      for (Wal.Found found : site.wal().readFrom(manifest.walFloor())) {
        last = found.sequence();
        if (found.entry().filter(entry -> isNewer(entry, manifest)).isPresent()) {
          throw ElacsymException.conflict(
              "namespace '"
                  + site.name()
                  + "': another process has taken over writing meanwhile; try again");
        }
      }
      WalEntry fence =
          new WalEntry(
              last + 1,
              manifest.epoch(),
              manifest.incarnation(),
              site.seams().ids().get(),
              List.of());
      switch (site.wal().append(fence, WalCodec.write(fence))) {
        case WON -> {
          return fence.sequence();
        }
        case LOST -> {
          // A writer was faster: its entry counts, and the next number is tried.
        }
        case UNKNOWN ->
            throw new ElacsymException(
                ErrorKind.UNAVAILABLE,
                "namespace '"
                    + site.name()
                    + "': storage did not say whether it has taken a write; try again");
      }
    }
  }

  private static boolean isNewer(WalEntry entry, Manifest manifest) {
    return entry.incarnation().equals(manifest.incarnation()) && entry.epoch() > manifest.epoch();
  }
}
