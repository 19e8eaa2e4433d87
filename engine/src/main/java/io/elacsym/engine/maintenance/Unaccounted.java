package io.elacsym.engine.maintenance;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.owner.ManifestHistory;
import io.elacsym.engine.owner.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Objects in the folder of a namespace that nothing accounts for. */
final class Unaccounted {
  private static final int PAGE = 1_000;

  private Unaccounted() {}

  /**
   * Lists the folder.
   *
   * @param manifest read before: what a writer has stored since is unaccounted for, too
   */
  static List<String> list(Site site, Manifest manifest) {
    Set<String> known = new HashSet<>();
    known.add(Site.manifestName(site.name()));
    manifest.accountedNames().forEach(name -> known.add(site.object(name)));
    // Also those that are not kept any more: the reaper finds them by listing.
    ManifestHistory history = site.history(manifest);
    history.versions(0).forEach(version -> known.add(history.name(version)));
    boolean deadWal =
        manifest.garbage().stream().anyMatch(garbage -> ObjectNames.isWal(garbage.name()));
    // The last entry that is dead stays.
    String firstWal = site.wal(manifest).name(deadWal ? 0 : Math.max(0, manifest.walFloor() - 1));
    String ofThisLife = "-" + manifest.incarnation() + ".wal";
    List<String> unknown = new ArrayList<>();
    String after = "";
    List<ObjectInfo> page;
    do {
      page = site.storage().list(site.object(""), after, PAGE);
      for (ObjectInfo object : page) {
        after = object.name();
        boolean wal =
            ObjectNames.isWal(after.substring(site.name().length() + 1))
                && after.endsWith(ofThisLife)
                && after.compareTo(firstWal) >= 0;
        if (!wal && !known.contains(after)) {
          unknown.add(after);
        }
      }
    } while (page.size() == PAGE);
    return unknown;
  }
}
