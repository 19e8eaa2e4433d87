package io.elacsym.engine.maintenance;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Invariants;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.owner.EndMarkers.Marker;
import io.elacsym.engine.owner.Fence;
import io.elacsym.engine.owner.ManifestCommits;
import io.elacsym.engine.owner.Site;
import java.util.Optional;

/**
 * Ends the life of a namespace. Works on the manifest alone, as a process that takes over: none of
 * its objects needs to be whole.
 */
public final class Dropper {
  private static final int ATTEMPTS = 10;

  private final Site site;
  private final ManifestCommits commits;

  public Dropper(Site site) {
    this.site = site;
    this.commits = new ManifestCommits(site);
  }

  /**
   * From the commit on nobody can write to it.
   *
   * @return which life it was
   * @throws ElacsymException {@code NOT_FOUND} when there is no such namespace, {@code CONFLICT}
   *     when branches use its objects, when its manifest is damaged, or when others keep changing
   *     it
   */
  public String drop() {
    String incarnation = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Versioned<Manifest>> found = manifest().filter(now -> now.content().isActive());
      boolean isOver =
          !incarnation.isEmpty()
              && found
                  .map(Versioned::content)
                  .map(Manifest::incarnation)
                  .filter(incarnation::equals)
                  .isEmpty();
      if (isOver) {
        // By our last commit, whose answer was lost, or by somebody else's.
        return incarnation;
      }
      Versioned<Manifest> before =
          found.orElseThrow(
              () -> ElacsymException.notFound("namespace '" + site.name() + "' does not exist"));
      incarnation = before.content().incarnation();
      if (tryToDrop(before)) {
        return incarnation;
      }
    }
    throw ElacsymException.conflict(
        "namespace '" + site.name() + "': other processes keep changing it; try again");
  }

  private Optional<Versioned<Manifest>> manifest() {
    try {
      return site.manifest().read();
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      throw new ElacsymException(
          ErrorKind.CONFLICT,
          "namespace '"
              + site.name()
              + "' has a damaged manifest, so nobody can say which branches use its objects; make"
              + " it whole with 'elacsym repair -n "
              + site.name()
              + "', then delete it",
          e);
    }
  }

  /** False when another commit came between. */
  private boolean tryToDrop(Versioned<Manifest> found) {
    Manifest before = found.content();
    // A branch is added by a commit of this very manifest, which would make ours lose.
    BranchUse.of(site, before).requireNone(site.name());
    Manifest mine = before.withEpoch(before.epoch() + 1);
    Optional<Versioned<Manifest>> taken =
        commits.replace(found, commits.nextKeeping(before.historyFrom(), before, mine));
    if (taken.isEmpty()) {
      return false;
    }
    Manifest last = taken.get().content();
    Optional<Long> fence = fence(last);
    if (fence.isEmpty()) {
      return false;
    }
    site.markers().put(Marker.of(site.name(), last));
    Manifest after = commits.next(last, last.asDropped(fence.get() + 1));
    Invariants.check(last, after);
    // No copy of what it replaces: nobody can want it back.
    return site.manifest().replace(taken.get(), after).isPresent();
  }

  /** Stops the writer; empty when another one has taken over. */
  private Optional<Long> fence(Manifest last) {
    try {
      return Optional.of(Fence.put(site, last));
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.CONFLICT) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
