package io.elacsym.engine.life;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.writer.EndMarkers.Marker;
import io.elacsym.engine.writer.NamespaceContext;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Deletes what the lives of a namespace that are over have left, the manifest last. Whatever was
 * listed before the manifest was read as dropped or absent belongs to such a life, even if the name
 * gets a new one at this moment.
 */
public final class Purge {
  private static final System.Logger LOG = System.getLogger(Purge.class.getName());

  private final NamespaceContext context;
  private final Set<String> ended;
  private final boolean withStrays;

  /**
   * @param ended lives that are marked
   * @param withStrays whether to delete what lies where there is no manifest
   */
  public Purge(NamespaceContext context, Set<String> ended, boolean withStrays) {
    this.context = context;
    this.ended = ended;
    this.withStrays = withStrays;
  }

  /** What was found at the end. */
  public sealed interface Remains {
    /** A life that goes on. */
    record Alive(Manifest manifest) implements Remains {}

    /** Nothing at all. */
    record Nothing() implements Remains {}

    /** A namespace that has lost its manifest. */
    record Lost() implements Remains {}

    /** Objects without a manifest, which somebody may be putting there by hand. */
    record Strays() implements Remains {}

    /** Something that has to wait, or that was deleted just now. */
    record Something() implements Remains {}
  }

  /** Deletes what is due, and says what there was. */
  public Remains run() {
    Listed all = list();
    List<ObjectInfo> listed = all.ofNamespace();
    Optional<Tagged<Manifest>> now = context.manifest().read();
    if (now.isEmpty()) {
      // Somebody else's folder, such as a backup below a prefix of the same bucket.
      return all.foreign() ? new Remains.Something() : purgeStrays(listed);
    }
    Manifest manifest = now.get().content();
    switch (manifest.stage()) {
      case ACTIVE -> {
        return new Remains.Alive(manifest);
      }
      case PREPARING -> {
        if (isOld(now.get(), listed)) {
          giveUp(now.get());
        }
      }
      case DROPPED -> purgeDropped(now.get(), listed, isOld(now.get(), listed));
      case PURGING -> {
        if (Births.isSafe(context, manifest)) {
          purgeDropped(now.get(), listed, true);
        }
      }
    }
    return new Remains.Something();
  }

  /** What writers that woke late, or died, have left where there is no namespace any more. */
  private Remains purgeStrays(List<ObjectInfo> listed) {
    if (listed.isEmpty()) {
      return new Remains.Nothing();
    }
    if (LostManifest.isRepairable(context, ended)) {
      return new Remains.Lost();
    }
    if (withStrays) {
      delete(listed, object -> true);
    }
    return new Remains.Strays();
  }

  /**
   * @param wholly whether the WAL is deleted, too, because the grace is over. Within the grace, a
   *     process that still has the namespace open must find the numbers of the last entries taken:
   *     else it would take one, and have no reason to look at the manifest
   */
  private void purgeDropped(Tagged<Manifest> last, List<ObjectInfo> listed, boolean wholly) {
    delete(listed, object -> wholly || !isWal(object));
    if (!wholly) {
      return;
    }
    Manifest before = last.content();
    Manifest purging = context.manifest().next(before, before.asPurging());
    if (context.manifest().replace(last, purging).isPresent()) {
      // This request is sent only once: a process that finds the manifest gone may put another one
      // there, which a second request would delete.
      context.storage().deleteBefore(context.manifest().objectName(), purging.purgedUntil());
      LOG.log(Level.INFO, "namespace {0}: what it has left is deleted", context.name());
    }
  }

  /**
   * Drops a branch or a copy that has been in preparation for longer than a grace: the process that
   * prepares it has died, or will find it dropped when it goes on.
   */
  private void giveUp(Tagged<Manifest> preparing) {
    LOG.log(Level.WARNING, "namespace {0}: it was never finished and is given up", context.name());
    giveUp(context, preparing);
  }

  static void giveUp(NamespaceContext context, Tagged<Manifest> preparing) {
    Manifest before = preparing.content();
    context.markers().put(Marker.of(context.name(), before));
    context
        .manifest()
        .replace(preparing, context.manifest().next(before, before.asDropped(before.walFloor())));
  }

  /**
   * Whether the life reached its present stage longer than a grace ago. The storage alone says when
   * that was, and what time it is: this machine's clock, which may be minutes off, only says when
   * to ask.
   */
  private boolean isOld(Tagged<Manifest> manifest, List<ObjectInfo> listed) {
    Duration grace = context.settings().reaperGrace();
    return listed.stream()
        .filter(object -> isManifest(object) && object.tag().equals(manifest.tag()))
        .map(object -> object.lastModified().plus(grace))
        .anyMatch(due ->
            due.isBefore(context.now())
                && due.isBefore(
                    context.markers().storageTime(Marker.of(context.name(), manifest.content()))));
  }

  private void delete(List<ObjectInfo> listed, Predicate<ObjectInfo> isDue) {
    List<String> due =
        listed.stream()
            .filter(object -> !isManifest(object) && isDue.test(object))
            .map(ObjectInfo::name)
            .toList();
    if (!due.isEmpty()) {
      context.storage().delete(due);
    }
  }

  private boolean isManifest(ObjectInfo object) {
    return object.name().equals(context.manifest().objectName());
  }

  private boolean isWal(ObjectInfo object) {
    return ObjectNames.isWal(object.name().substring(context.name().length() + 1));
  }

  /**
   * What is in the folder.
   *
   * @param ofNamespace what is named as objects of a namespace are; nothing else is ever deleted
   * @param foreign whether there is anything else
   */
  private record Listed(List<ObjectInfo> ofNamespace, boolean foreign) {}

  private Listed list() {
    List<ObjectInfo> ofNamespace = new ArrayList<>();
    AtomicBoolean foreign = new AtomicBoolean();
    ObjectList.pages(
        context.storage(),
        context.object(""),
        "",
        page -> {
          List<ObjectInfo> ours = page.stream().filter(this::isOfNamespace).toList();
          ofNamespace.addAll(ours);
          if (ours.size() < page.size()) {
            foreign.set(true);
          }
          // A folder that is not a namespace's may hold millions of objects, so listing it ends
          // early.
          return !foreign.get() || !ofNamespace.isEmpty() || context.manifest().read().isPresent();
        });
    return new Listed(ofNamespace, foreign.get());
  }

  private boolean isOfNamespace(ObjectInfo object) {
    return ObjectNames.isOfNamespace(object.name().substring(context.object("").length()));
  }
}
