package io.elacsym.engine.upkeep;

import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.life.BranchUse;
import io.elacsym.engine.manifest.Branch;
import io.elacsym.engine.manifest.Garbage;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Deletes objects that nothing uses any more. What was used once is known from the manifest's
 * garbage list; what never was (a flush that failed after it had stored objects) is found by
 * listing, and only counts once no manifest read <em>after</em> the listing has named it for a
 * grace.
 */
public final class Reaper {
  private static final System.Logger LOG = System.getLogger(Reaper.class.getName());

  /**
   * After so many graces garbage is overdue: a writer would have looked for it once a grace, so
   * there is no writer.
   */
  private static final int OVERDUE_GRACES = 6;

  private static final List<String> FOLDERS = List.of("segments/", "indexes/", "tombstones/");

  /**
   * Folders in which each life has objects of its own, with the ending of their names; those of the
   * present life are not orphans.
   */
  private static final Map<String, String> OF_LIVES = Map.of("wal/", ".wal", "history/", ".json");

  private final NamespaceContext context;
  private final Writer writer;
  private final Layout layout;

  /** Used by one thread at a time. */
  private final Map<String, Instant> orphanedSince = new ConcurrentHashMap<>();

  public Reaper(NamespaceContext context, Writer writer, Layout layout) {
    this.context = context;
    this.writer = writer;
    this.layout = layout;
  }

  /** Deletes what nothing can need any more: neither a version that is kept nor a branch. */
  public void collect() {
    try (Held _ = layout.change()) {
      collectAlone();
    }
  }

  private void collectAlone() {
    // Whoever repairs a damaged manifest must not find an older one that names what is deleted.
    writer.keepHistory();
    forgetOldVersions();
    State state = writer.follower().state();
    Manifest manifest = state.manifest().content();
    context.history(manifest).deleteBefore(manifest.historyFrom());
    BranchUse branches = BranchUse.of(context, manifest);
    List<Garbage> due = due(manifest, branches, context.settings().reaperGrace());
    List<Branch> over = new ArrayList<>(manifest.branches());
    over.removeAll(branches.alive());
    if (due.isEmpty() && over.isEmpty()) {
      return;
    }
    delete(manifest, due);
    writer.commitManifest(
        state,
        before -> {
          List<Garbage> garbage = new ArrayList<>(before.garbage());
          garbage.removeAll(due);
          // Only branches that were found over are taken out: a branch that was added since they
          // were asked must stay.
          List<Branch> rest = new ArrayList<>(before.branches());
          rest.removeAll(over);
          return before.withGarbage(garbage).withBranches(rest);
        },
        state::committed);
  }

  /** Shortens the history where what was dropped is older than the settings allow. */
  private void forgetOldVersions() {
    State state = writer.follower().state();
    Manifest manifest = state.manifest().content();
    Instant limit = context.now().minus(context.settings().history().maxAge());
    long from =
        manifest.garbage().stream()
            .filter(garbage -> !garbage.droppedAt().isAfter(limit))
            .mapToLong(Garbage::version)
            .max()
            .orElse(0);
    if (from > manifest.historyFrom()) {
      writer.commitManifest(
          state,
          before -> before.withHistoryFrom(Math.max(before.historyFrom(), from)),
          state::committed);
    }
  }

  /** Garbage that nothing can need any more. Once an object is among it, it stays so. */
  private List<Garbage> due(Manifest manifest, BranchUse branches, Duration age) {
    Instant limit = context.now().minus(age);
    return manifest.garbage().stream()
        .filter(garbage -> !garbage.droppedAt().isAfter(limit))
        // The commit may have taken effect long after that time.
        .filter(garbage -> !writer.follower().knownSince(garbage.version()).isAfter(limit))
        .filter(garbage ->
            ObjectNames.isWal(garbage.name())
                || (garbage.version() <= manifest.historyFrom()
                    && !branches.needs(context, garbage.name())))
        .toList();
  }

  /**
   * Whether garbage has been due for so long that no writer can be there to delete it. Then any
   * process may become the writer to do so.
   */
  public boolean isOverdue() {
    Manifest manifest = writer.follower().state().manifest().content();
    return !manifest.garbage().isEmpty()
        && !due(
                manifest,
                BranchUse.of(context, manifest),
                context.settings().reaperGrace().multipliedBy(OVERDUE_GRACES))
            .isEmpty();
  }

  private void delete(Manifest manifest, List<Garbage> due) {
    // The list is in order, so the last one due stands for all entries before it. That last entry
    // itself is kept: a WAL without any entry is one that somebody has deleted.
    due.stream()
        .filter(garbage -> ObjectNames.isWal(garbage.name()))
        .reduce((earlier, later) -> later)
        .ifPresent(upTo -> context.wal(manifest).deleteBelow(ObjectNames.walSequence(upTo.name())));
    List<String> objects =
        due.stream()
            .map(Garbage::name)
            // What lies elsewhere is no longer needed here; its own namespace deletes it.
            .filter(name -> !ObjectNames.isWal(name) && !ObjectNames.isElsewhere(name))
            .map(context::object)
            .toList();
    if (!objects.isEmpty()) {
      context.storage().delete(objects);
    }
  }

  /**
   * Deletes objects that no manifest has ever named, once they have been seen without a name for a
   * grace. This process counts that by its own clock, which may be minutes off the storage's.
   *
   * @return how many
   */
  public int collectOrphans() {
    List<String> unnamed = unnamed();
    // After the listing, which may take long: what is listed was stored before.
    Instant now = context.now();
    orphanedSince.keySet().retainAll(Set.copyOf(unnamed));
    Instant limit = now.minus(context.settings().reaperGrace());
    List<String> orphans =
        unnamed.stream()
            .filter(name -> orphanedSince.computeIfAbsent(name, n -> now).isBefore(limit))
            .toList();
    if (orphans.isEmpty() || !writer.isWriter()) {
      return 0;
    }
    LOG.log(
        Level.INFO,
        "namespace {0}: deleting {1} objects of unfinished work",
        context.name(),
        orphans.size());
    context.storage().delete(orphans);
    return orphans.size();
  }

  /**
   * Objects that neither the manifest nor work under way knows; none when another process is the
   * writer.
   */
  private List<String> unnamed() {
    List<String> listed = new ArrayList<>();
    FOLDERS.forEach(folder -> listed.addAll(list(folder)));
    // A life before this one may have ended just before it began, and its writer must still find
    // the numbers of its WAL taken for a grace.
    OF_LIVES.forEach((folder, suffix) -> {
      String ofThisLife = "-" + writer.follower().incarnation() + suffix;
      list(folder).stream().filter(name -> !name.endsWith(ofThisLife)).forEach(listed::add);
    });
    Optional<Manifest> now =
        context
            .manifest()
            .read()
            .map(Tagged::content)
            // Under another epoch they may be what a new writer is building.
            .filter(manifest ->
                manifest.incarnation().equals(writer.follower().incarnation())
                    && manifest.epoch() == writer.follower().state().manifest().content().epoch());
    if (now.isEmpty()) {
      return List.of();
    }
    Set<String> known =
        now.get().accountedNames().stream().map(context::object).collect(Collectors.toSet());
    return listed.stream()
        .filter(name -> !known.contains(name) && !isUnderConstruction(name))
        .toList();
  }

  private List<String> list(String folder) {
    List<String> listed = new ArrayList<>();
    ObjectList.each(context.storage(), context.object(folder), object -> listed.add(object.name()));
    return listed;
  }

  private boolean isUnderConstruction(String object) {
    String below = object.substring(context.name().length() + 1);
    return layout.isBuilding(below.substring(below.indexOf('/') + 1));
  }
}
