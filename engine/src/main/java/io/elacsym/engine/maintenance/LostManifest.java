package io.elacsym.engine.maintenance;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.owner.ManifestHistory;
import io.elacsym.engine.owner.Site;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a namespace that has lost its manifest, which can be repaired, from what a life that is
 * over has left: the first has all objects that its newest copy names, and the last entry of its
 * WAL that is dead, which stays as long as the life does.
 */
public final class LostManifest {
  private LostManifest() {}

  /**
   * Whether a folder without a manifest can be made a namespace again.
   *
   * @param ended lives that are marked. One that never had anything but entries of its WAL is taken
   *     for over, because its first entry and copy may have come after the end; another one is over
   *     only if something of it has gone, as goes before the manifest does
   */
  public static boolean isRepairable(Site site, Set<String> ended) {
    return ManifestHistory.lives(site.storage(), site.name()).stream()
        .anyMatch(life -> isWhole(site, life, ended.contains(life)));
  }

  private static boolean isWhole(Site site, String life, boolean marked) {
    ManifestHistory history = site.history(life);
    for (long version : history.versions(0).reversed()) {
      try {
        Optional<Manifest> copy = history.read(version);
        if (copy.isPresent()) {
          return (!marked || hasFlushed(copy.get())) && isWhole(site, copy.get());
        }
      } catch (ElacsymException e) {
        if (e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
      }
    }
    return false;
  }

  private static boolean hasFlushed(Manifest copy) {
    return copy.walFloor() > copy.walBegin();
  }

  private static boolean isWhole(Site site, Manifest copy) {
    String entry = site.wal(copy).name(copy.walFirst());
    return site.storage().head(entry).isPresent()
        && copy.content()
            .blobs()
            .allMatch(blob -> site.storage().head(site.object(blob.name())).isPresent());
  }
}
