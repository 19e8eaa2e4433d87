package io.elacsym.engine.past;

import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.writer.ManifestHistory;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Objects in the folder of a namespace that nothing accounts for. */
final class Unaccounted {
  private Unaccounted() {}

  /**
   * Lists the folder.
   *
   * @param manifest read before: what a writer has stored since is unaccounted for, too
   */
  static List<String> list(NamespaceContext context, Manifest manifest) {
    Set<String> known = new HashSet<>();
    known.add(context.manifest().objectName());
    manifest.accountedNames().forEach(name -> known.add(context.object(name)));
    // Also those that are not kept any more: the reaper finds them by listing.
    ManifestHistory history = context.history(manifest);
    history.versions(0).forEach(version -> known.add(history.name(version)));
    boolean deadWal =
        manifest.garbage().stream().anyMatch(garbage -> ObjectNames.isWal(garbage.name()));
    // The last entry that is dead stays.
    String firstWal =
        context.wal(manifest).name(deadWal ? 0 : Math.max(0, manifest.walFloor() - 1));
    String ofThisLife = "-" + manifest.incarnation() + ".wal";
    List<String> unknown = new ArrayList<>();
    ObjectList.each(
        context.storage(),
        context.object(""),
        object -> {
          String name = object.name();
          boolean wal =
              ObjectNames.isWal(name.substring(context.name().length() + 1))
                  && name.endsWith(ofThisLife)
                  && name.compareTo(firstWal) >= 0;
          if (!wal && !known.contains(name)) {
            unknown.add(name);
          }
        });
    return unknown;
  }
}
