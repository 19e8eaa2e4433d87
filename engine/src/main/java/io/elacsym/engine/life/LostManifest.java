package io.elacsym.engine.life;

import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.writer.ManifestHistory;
import io.elacsym.engine.writer.NamespaceContext;
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
  public static boolean isRepairable(NamespaceContext context, Set<String> ended) {
    return ManifestHistory.lives(context.storage(), context.name()).stream()
        .anyMatch(life -> isWhole(context, life, ended.contains(life)));
  }

  private static boolean isWhole(NamespaceContext context, String life, boolean marked) {
    return context
        .history(life)
        .newest()
        .map(ManifestHistory.Newest::whole)
        .filter(copy -> (!marked || hasFlushed(copy)) && isWhole(context, copy))
        .isPresent();
  }

  private static boolean hasFlushed(Manifest copy) {
    return copy.walFloor() > copy.walBegin();
  }

  private static boolean isWhole(NamespaceContext context, Manifest copy) {
    String entry = context.wal(copy).name(copy.walFirst());
    return context.storage().head(entry).isPresent()
        && copy.content()
            .blobs()
            .allMatch(blob -> context.storage().head(context.object(blob.name())).isPresent());
  }
}
