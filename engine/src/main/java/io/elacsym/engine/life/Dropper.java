package io.elacsym.engine.life;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.writer.EndMarkers.Marker;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Takeover;
import java.util.Optional;

/**
 * Ends the life of a namespace. Changes only the manifest, as a takeover does, so that a namespace
 * can be dropped even when its other objects are damaged.
 */
public final class Dropper {
  private static final int ATTEMPTS = 10;

  private final NamespaceContext context;

  public Dropper(NamespaceContext context) {
    this.context = context;
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
      Optional<Tagged<Manifest>> found = manifest().filter(now -> now.content().isActive());
      boolean isOver =
          !incarnation.isEmpty()
              && found
                  .map(Tagged::content)
                  .map(Manifest::incarnation)
                  .filter(incarnation::equals)
                  .isEmpty();
      if (isOver) {
        // It was dropped by our last commit, whose answer was lost, or by another process.
        return incarnation;
      }
      Tagged<Manifest> before =
          found.orElseThrow(
              () -> ElacsymException.notFound("namespace '" + context.name() + "' does not exist"));
      incarnation = before.content().incarnation();
      if (tryToDrop(before)) {
        return incarnation;
      }
    }
    throw ElacsymException.conflict(
        "namespace '" + context.name() + "': other processes keep changing it; try again");
  }

  private Optional<Tagged<Manifest>> manifest() {
    return Damage.orElse(
        () -> context.manifest().read(),
        damage -> {
          throw new ElacsymException(
              ErrorKind.CONFLICT,
              "namespace '"
                  + context.name()
                  + "' has a damaged manifest, so nobody can say which branches use its objects;"
                  + " make it whole with 'elacsym repair -n "
                  + context.name()
                  + "', then delete it",
              damage);
        });
  }

  /** False when another commit came between. */
  private boolean tryToDrop(Tagged<Manifest> found) {
    Manifest before = found.content();
    // A branch is added by a commit of this very manifest, which would make ours lose.
    BranchUse.of(context, before).requireNone(context.name());
    Takeover taken;
    try {
      taken = Takeover.of(context, found, before.historyFrom());
    } catch (ElacsymException e) {
      if (!LostRace.isCauseOf(e)) {
        throw e;
      }
      return false;
    }
    Manifest last = taken.manifest().content();
    context.markers().put(Marker.of(context.name(), last));
    Manifest after = context.manifest().next(last, last.asDropped(taken.fence() + 1));
    return context.manifest().replace(taken.manifest(), after).isPresent();
  }
}
