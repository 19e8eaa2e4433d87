package io.elacsym.engine.life;

import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.writer.ManifestHistory;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.Set;

/**
 * Tells apart a namespace that has lost its manifest, which can be repaired, and what a life that
 * is over has left. The namespace still has all objects that the newest copy of its manifest names,
 * and the last dead entry of its WAL, which is kept as long as the life goes on.
 */
public final class LostManifest {
  private LostManifest() {}

  /**
   * Whether a folder without a manifest can be made a namespace again.
   *
   * <p>A life of which nothing but its beginning is there, the copy of its first manifest and the
   * fence of its first writer, is not: no document is lost with it, and both may have been put
   * after its end, when even its marker was gone.
   *
   * @param ended lives that are marked. A marked life that never had anything but entries of its
   *     WAL is taken for over, because its first entries and copy may have been put after its end.
   *     Any other marked life is over only if some of its objects are gone, because they are
   *     deleted before the manifest is
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
        .filter(copy -> hasFlushed(copy) || (!marked && hasWritten(context, copy)))
        .filter(copy -> isWhole(context, copy))
        .isPresent();
  }

  private static boolean hasFlushed(Manifest copy) {
    return copy.walFloor() > copy.walBegin();
  }

  private static boolean hasWritten(NamespaceContext context, Manifest copy) {
    return context.wal(copy).goesBehind(copy.walFirst());
  }

  private static boolean isWhole(NamespaceContext context, Manifest copy) {
    String entry = context.wal(copy).name(copy.walFirst());
    return context.storage().head(entry).isPresent()
        && copy.content()
            .blobs()
            .allMatch(blob -> context.storage().head(context.object(blob.name())).isPresent());
  }
}
