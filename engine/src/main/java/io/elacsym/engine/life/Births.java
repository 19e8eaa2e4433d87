package io.elacsym.engine.life;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Invariants;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.writer.EndMarkers.Marker;
import io.elacsym.engine.writer.NamespaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How a life of a namespace begins: in the place of nothing, or of a life that is over. */
public final class Births {
  private static final int ATTEMPTS = 5;

  /**
   * How often to look again while the manifest of the life before is about to be deleted. Mostly
   * the purge has only one request left to make.
   */
  private static final int PURGE_LOOKS = 30;

  private static final Duration PURGE_PAUSE = Duration.ofMillis(100);

  /**
   * After so many looks the storage is asked what time it is: the process that purges may have
   * died, and then its request can take effect no more after a known time.
   */
  private static final int LOOKS_FOR_TIME = 10;

  private final NamespaceContext context;

  public Births(NamespaceContext context) {
    this.context = context;
  }

  /**
   * Puts the first manifest of a life.
   *
   * @param first makes it, with an incarnation that was never used, given the last manifest of the
   *     life before
   * @throws ElacsymException {@code CONFLICT} when the namespace exists
   */
  public Tagged<Manifest> bear(Function<Optional<Manifest>, Manifest> first) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Tagged<Manifest>> before = replaceable();
      Manifest next = first.apply(before.map(Tagged::content));
      before.ifPresent(existing -> Invariants.check(existing.content(), next));
      Optional<Tagged<Manifest>> born = put(before, next);
      if (born.isPresent()) {
        return born.get();
      }
    }
    throw ElacsymException.conflict(
        "namespace '" + context.name() + "': others keep changing it; try again");
  }

  private Optional<Tagged<Manifest>> put(Optional<Tagged<Manifest>> before, Manifest next) {
    Instant marked = context.now();
    if (!next.isActive()) {
      context.markers().put(Marker.of(context.name(), next));
    }
    Optional<Tagged<Manifest>> born =
        before.isEmpty()
            ? context.manifest().create(next)
            : context.manifest().replace(before.get(), next);
    if (!next.isActive() && born.isPresent() && context.isLongAgo(marked)) {
      // The put of the manifest took so long that another process may have found none, and have
      // taken the marker for settled and removed it.
      context.markers().put(Marker.of(context.name(), next));
    }
    return born;
  }

  /** What the new life takes the place of; empty when there is nothing. */
  private Optional<Tagged<Manifest>> replaceable() {
    for (int look = 0; look < PURGE_LOOKS; look++) {
      Optional<Tagged<Manifest>> before = context.manifest().read();
      if (before.isPresent() && before.get().content().isActive()) {
        throw ElacsymException.conflict("namespace '" + context.name() + "' exists already");
      }
      if (before.isEmpty() || before.get().content().stage() != Life.Stage.PURGING) {
        return before;
      }
      if (look % LOOKS_FOR_TIME == 1 && isSafe(context, before.get().content())) {
        return before;
      }
      pause();
    }
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE,
        "namespace '"
            + context.name()
            + "': what an earlier one of this name has left is being deleted; try again in a"
            + " minute");
  }

  /** Whether the request that was to delete a manifest can take effect no more. */
  static boolean isSafe(NamespaceContext context, Manifest purging) {
    return context
        .markers()
        .storageTime(Marker.of(context.name(), purging))
        .isAfter(purging.purgedUntil());
  }

  private void pause() {
    try {
      context.seams().tasks().sleep(PURGE_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "interrupted while waiting", e);
    }
  }
}
