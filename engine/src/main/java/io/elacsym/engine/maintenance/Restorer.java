package io.elacsym.engine.maintenance;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Garbage;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.owner.Fence;
import io.elacsym.engine.owner.ManifestCommits;
import io.elacsym.engine.owner.Site;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings back the content of an earlier version, also of a namespace that does not open because it
 * has lost objects since. Works on the manifest alone, as a process that takes over: whoever has
 * the namespace open, in this process too, learns of it as of any other takeover.
 */
public final class Restorer {
  private static final System.Logger LOG = System.getLogger(Restorer.class.getName());

  private final Site site;
  private final KeptVersions kept;
  private final ManifestCommits commits;

  public Restorer(Site site) {
    this.site = site;
    this.kept = new KeptVersions(site);
    this.commits = new ManifestCommits(site);
  }

  /**
   * What was written since, and what no flush had stored by then, is gone afterwards; the versions
   * that had it are kept as any other.
   *
   * @throws ElacsymException {@code NOT_FOUND} when that version is not kept, {@code CORRUPT} when
   *     an object of it is missing (then nothing is changed), {@code CONFLICT} when another process
   *     commits at the same time
   */
  public void restore(long version) {
    Versioned<Manifest> found = site.activeManifest();
    Manifest wanted = kept.find(found.content(), version);
    kept.requireWhole(wanted);
    Versioned<Manifest> taken =
        commits
            .replace(
                found,
                commits.next(
                    found.content(), found.content().withEpoch(found.content().epoch() + 1)))
            .orElseThrow(this::lostRace);
    long fence = Fence.put(site, taken.content());
    Manifest changed = withContentOf(wanted, taken.content(), fence);
    // The history may end before the wanted version by now: then an invariant would refuse.
    if (!taken.content().canRestore(version)) {
      throw lostRace();
    }
    Manifest after = commits.nextRestoring(version, taken.content(), changed);
    Versioned<Manifest> restored = commits.replace(taken, after).orElseThrow(this::lostRace);
    commits.keep(restored.content());
    LOG.log(
        Level.INFO,
        "namespace {0}: version {1} is as version {2} was",
        site.name(),
        Long.toString(after.version()),
        Long.toString(version));
  }

  private Manifest withContentOf(Manifest wanted, Manifest now, long fence) {
    Set<String> used = wanted.content().names();
    Instant time = site.seams().clock().instant();
    List<Garbage> garbage = new ArrayList<>();
    now.garbage().stream().filter(item -> !used.contains(item.name())).forEach(garbage::add);
    now.content()
        .blobs()
        .filter(blob -> !used.contains(blob.name()))
        .forEach(blob -> garbage.add(now.dropped(blob.name(), time)));
    garbage.add(now.dropped(ObjectNames.walUpTo(fence), time));
    return now.withContent(wanted.content()).withGarbage(garbage).withFloor(fence + 1);
  }

  private ElacsymException lostRace() {
    return ElacsymException.conflict(
        "namespace '" + site.name() + "': another process has changed it meanwhile; try again");
  }
}
