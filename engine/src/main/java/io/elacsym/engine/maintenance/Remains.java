package io.elacsym.engine.maintenance;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.owner.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a dropped namespace has left. */
public final class Remains {
  private static final int PAGE = 1_000;

  private final Site site;

  public Remains(Site site) {
    this.site = site;
  }

  /**
   * Deletes it, except for what processes that still have it open must find: the manifest, the last
   * entry of the WAL, and for a grace all entries. With one of them gone the put of a former writer
   * would win its number, and it has no reason to look at the manifest yet.
   *
   * <p>The manifest is read after listing: if it says dropped, or that a branch is only prepared,
   * whatever was listed belongs to a life that is over, even if the name gets a new life at this
   * moment.
   *
   * @return whether nothing is left to delete later
   */
  public boolean delete() {
    List<ObjectInfo> listed = list();
    Optional<Versioned<Manifest>> last =
        site.manifest().read().filter(manifest -> !manifest.content().isActive());
    if (last.isEmpty()) {
      return true;
    }
    boolean keepsWal = !isOver(last.get(), listed);
    String fence = site.wal().name(last.get().content().walFloor() - 1);
    List<String> deletable =
        listed.stream()
            .filter(object -> !isManifest(object) && !(keepsWal && isWal(object)))
            .map(ObjectInfo::name)
            .filter(name -> !name.equals(fence))
            .toList();
    if (!deletable.isEmpty()) {
      site.storage().delete(deletable);
    }
    return !keepsWal;
  }

  /** Whether it ended longer than a grace ago, by the storage's word for when that was. */
  private boolean isOver(Versioned<Manifest> last, List<ObjectInfo> listed) {
    Instant limit = site.seams().clock().instant().minus(site.settings().reaperGrace());
    return listed.stream()
        .filter(this::isManifest)
        .anyMatch(object ->
            object.version().equals(last.version()) && object.lastModified().isBefore(limit));
  }

  private boolean isManifest(ObjectInfo object) {
    return object.name().equals(Site.manifestName(site.name()));
  }

  private boolean isWal(ObjectInfo object) {
    return ObjectNames.isWal(object.name().substring(site.name().length() + 1));
  }

  private List<ObjectInfo> list() {
    List<ObjectInfo> listed = new ArrayList<>();
    List<ObjectInfo> page;
    String after = "";
    do {
      page = site.storage().list(site.object(""), after, PAGE);
      listed.addAll(page);
      after = page.isEmpty() ? after : page.getLast().name();
    } while (page.size() == PAGE);
    return listed;
  }
}
