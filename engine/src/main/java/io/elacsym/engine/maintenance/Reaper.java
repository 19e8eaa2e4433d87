package io.elacsym.engine.maintenance;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Garbage;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.owner.Owner;
import io.elacsym.engine.owner.Site;
import io.elacsym.engine.snapshot.State;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes objects that nothing uses any more. What was used once is known from the manifest's
 * garbage list; what never was (a flush that failed after it had stored objects) is found by
 * listing, and only counts once it is older than the grace and no manifest read <em>after</em> the
 * listing names it.
 */
public final class Reaper {
  private static final System.Logger LOG = System.getLogger(Reaper.class.getName());
  private static final int PAGE = 1_000;
  private static final String WAL = "wal/";
  private static final List<String> FOLDERS = List.of("segments/", "indexes/", "tombstones/");

  private final Site site;
  private final Owner owner;
  private final Layout layout;

  public Reaper(Site site, Owner owner, Layout layout) {
    this.site = site;
    this.owner = owner;
    this.layout = layout;
  }

  /** The garbage that stands for all entries of the WAL up to one. */
  static String walUpTo(long sequence) {
    return WAL + String.format(Locale.ROOT, "%020d.wal", sequence);
  }

  /** Deletes garbage that is older than the grace. */
  public void collect() {
    layout.change(() -> {
      State state = owner.state();
      Instant limit = site.seams().clock().instant().minus(site.settings().reaperGrace());
      List<Garbage> due =
          state.manifest().content().garbage().stream()
              .filter(garbage -> !garbage.droppedAt().isAfter(limit))
              .toList();
      if (due.isEmpty()) {
        return false;
      }
      List<String> objects = new ArrayList<>();
      Optional<Garbage> wal = Optional.empty();
      for (Garbage garbage : due) {
        if (garbage.name().startsWith(WAL)) {
          wal = Optional.of(garbage);
        } else {
          objects.add(site.object(garbage.name()));
        }
      }
      wal.ifPresent(this::deleteWal);
      if (!objects.isEmpty()) {
        site.storage().delete(objects);
      }
      owner.commitManifest(
          state,
          before ->
              before.withGarbage(before.garbage().stream().filter(g -> !due.contains(g)).toList()),
          state::committed);
      return true;
    });
  }

  /** The list is in order, so the last one due stands for all entries before it. */
  private void deleteWal(Garbage upTo) {
    long last = Long.parseLong(upTo.name().substring(WAL.length(), WAL.length() + 20));
    List<String> names;
    do {
      names = site.wal().below(last + 1);
      if (!names.isEmpty()) {
        site.storage().delete(names);
      }
    } while (names.size() == PAGE);
  }

  /**
   * Deletes objects that no manifest has ever named.
   *
   * @return how many
   */
  public int collectOrphans() {
    List<String> orphans = orphans();
    if (orphans.isEmpty() || !owner.isWriter()) {
      return 0;
    }
    LOG.log(
        Level.INFO,
        "namespace {0}: deleting {1} objects of unfinished work",
        site.name(),
        orphans.size());
    site.storage().delete(orphans);
    return orphans.size();
  }

  /**
   * Objects older than the grace that neither the manifest nor work under way knows; none when
   * another process is the writer.
   */
  public List<String> orphans() {
    Instant limit = site.seams().clock().instant().minus(site.settings().reaperGrace());
    List<String> old = new ArrayList<>();
    for (String folder : FOLDERS) {
      String after = "";
      List<ObjectInfo> page;
      do {
        page = site.storage().list(site.object(folder), after, PAGE);
        for (ObjectInfo object : page) {
          if (object.lastModified().isBefore(limit)) {
            old.add(object.name());
          }
          after = object.name();
        }
      } while (page.size() == PAGE);
    }
    if (old.isEmpty()) {
      return List.of();
    }
    Optional<Manifest> now =
        site.manifest()
            .read()
            .map(Versioned::content)
            // Under another epoch they may be what a new writer is building.
            .filter(manifest -> manifest.epoch() == owner.state().manifest().content().epoch());
    if (now.isEmpty()) {
      return List.of();
    }
    Set<String> known = new HashSet<>();
    now.get().segments().stream()
        .flatMap(SegmentEntry::blobs)
        .map(BlobRef::name)
        .forEach(name -> known.add(site.object(name)));
    now.get().garbage().forEach(garbage -> known.add(site.object(garbage.name())));
    return old.stream()
        .filter(name -> !known.contains(name) && !isUnderConstruction(name))
        .toList();
  }

  private boolean isUnderConstruction(String object) {
    String below = object.substring(site.name().length() + 1);
    return layout.isBuilding(below.substring(below.indexOf('/') + 1));
  }
}
