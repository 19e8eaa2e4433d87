package io.elacsym.engine.maintenance;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Life;
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
   * Deletes it, except for what a former writer that still sleeps must find: the manifest, the last
   * entry of the WAL, and for a grace all other entries. With one of them gone its put would win
   * that number, and it has no reason to look at the manifest yet.
   *
   * <p>The manifest is read after listing: if it says dropped, whatever was listed belongs to a
   * life that is over, even if the name gets a new life at this moment.
   *
   * @return whether nothing is left to delete later
   */
  public boolean delete() {
    List<ObjectInfo> listed = list();
    Optional<Manifest> dropped =
        site.manifest()
            .read()
            .map(Versioned::content)
            .filter(manifest -> manifest.state() == Life.State.DROPPED);
    if (dropped.isEmpty()) {
      return true;
    }
    String manifest = Site.manifestName(site.name());
    String fence = site.wal().name(dropped.get().walFloor() - 1);
    listed.removeIf(object -> object.name().equals(manifest) || object.name().equals(fence));
    Instant limit = site.seams().clock().instant().minus(site.settings().reaperGrace());
    List<String> old =
        listed.stream()
            .filter(object -> !isWal(object) || object.lastModified().isBefore(limit))
            .map(ObjectInfo::name)
            .toList();
    if (!old.isEmpty()) {
      site.storage().delete(old);
    }
    return old.size() == listed.size();
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
