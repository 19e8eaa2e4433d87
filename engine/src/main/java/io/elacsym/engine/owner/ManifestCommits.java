package io.elacsym.engine.owner;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Invariants;
import io.elacsym.engine.manifest.Manifest;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * How every change of a manifest is committed: counted, checked against the invariants, and only
 * after the version it replaces has a copy in the history. Safe for use by many threads.
 */
public final class ManifestCommits {
  private static final System.Logger LOG = System.getLogger(ManifestCommits.class.getName());

  private final Site site;

  /** The newest version of which there is a copy for certain. */
  private volatile long kept;

  public ManifestCommits(Site site) {
    this.site = site;
  }

  /** A changed manifest as the next version, with no more history than the settings ask for. */
  public Manifest next(Manifest before, Manifest changed) {
    return shortened(before, changed)
        .committed(before, site.seams().ids().get(), site.seams().clock().instant());
  }

  /** As {@link #next}, with at least as much history as reaches back to a version. */
  public Manifest nextKeeping(long version, Manifest before, Manifest changed) {
    Manifest next = next(before, changed);
    return next.withHistoryFrom(Math.min(next.historyFrom(), version));
  }

  /** As {@link #next}, for a change that brings back the content of an earlier version. */
  public Manifest nextRestoring(long version, Manifest before, Manifest changed) {
    return shortened(before, changed)
        .restored(before, site.seams().ids().get(), site.seams().clock().instant(), version);
  }

  private Manifest shortened(Manifest before, Manifest changed) {
    long oldest = before.version() + 1 - site.settings().history().versions();
    return changed.withHistoryFrom(Math.max(changed.historyFrom(), oldest));
  }

  /**
   * Commits a version; empty when another one is there by now.
   *
   * @throws ElacsymException {@code INTERNAL} when an invariant would break, {@code UNAVAILABLE}
   *     when storage fails
   */
  public Optional<Versioned<Manifest>> replace(Versioned<Manifest> before, Manifest after) {
    Invariants.check(before.content(), after);
    keep(before.content());
    return site.manifest().replace(before, after);
  }

  /** Makes sure that a version has a copy, unless nobody can want it back. */
  public void keep(Manifest committed) {
    if (committed.isActive() && kept < committed.version()) {
      site.history(committed).keep(committed);
      kept = committed.version();
    }
  }

  /** As {@link #keep}; if it fails, the next commit does it. */
  public void tryToKeep(Manifest committed) {
    try {
      keep(committed);
    } catch (ElacsymException e) {
      LOG.log(
          Level.DEBUG,
          "namespace {0}: version {1} of the manifest has no copy yet: {2}",
          site.name(),
          Long.toString(committed.version()),
          e.forOperators());
    }
  }
}
