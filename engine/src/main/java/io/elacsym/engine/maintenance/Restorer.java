package io.elacsym.engine.maintenance;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.owner.Fence;
import io.elacsym.engine.owner.LostRace;
import io.elacsym.engine.owner.ManifestCommits;
import io.elacsym.engine.owner.Site;
import java.lang.System.Logger.Level;
import java.util.Optional;

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
   * @return the new version
   * @throws ElacsymException {@code NOT_FOUND} when that version is not kept, {@code CORRUPT} when
   *     an object of it is missing (then nothing is changed), {@code CONFLICT} when another process
   *     commits at the same time
   */
  public long restore(long version) {
    return LostRace.retried(() -> tryToRestore(version));
  }

  private long tryToRestore(long version) {
    Versioned<Manifest> found = site.activeManifest();
    Manifest wanted = kept.find(found.content(), version);
    kept.requireWhole(wanted);
    Versioned<Manifest> taken =
        commits
            .replace(
                found,
                commits.nextKeeping(
                    version,
                    found.content(),
                    found.content().withEpoch(found.content().epoch() + 1)))
            .orElseThrow(() -> LostRace.of(site.name()));
    long fence = Fence.put(site, taken.content());
    Manifest changed =
        taken.content().knowing(fence).withContent(wanted.content()).withFloor(fence + 1);
    Manifest after = commits.nextRestoring(version, taken.content(), changed);
    Optional<Versioned<Manifest>> restored = commits.replace(taken, after);
    if (restored.isEmpty() && !wasCommitted(after)) {
      throw LostRace.of(site.name());
    }
    restored.ifPresent(committed -> commits.keep(committed.content()));
    LOG.log(
        Level.INFO,
        "namespace {0}: version {1} is as version {2} was",
        site.name(),
        Long.toString(after.version()),
        Long.toString(version));
    return after.version();
  }

  /**
   * Whether a commit that seems to have lost was replaced after its answer was lost: whoever
   * replaced it has made a copy before. To restore once more would undo what was written since.
   */
  private boolean wasCommitted(Manifest after) {
    return site.history(after)
        .read(after.version())
        .filter(copy -> copy.commitId().equals(after.commitId()))
        .isPresent();
  }
}
