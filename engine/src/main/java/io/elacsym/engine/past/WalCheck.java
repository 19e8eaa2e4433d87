package io.elacsym.engine.past;

import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.model.Finding;
import io.elacsym.engine.model.Finding.Severity;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What manifest, history and WAL prove of each other. Each commit of the manifest says which entry
 * was the last one then ({@code wal_last}), and the last entry that is dead is never deleted: so a
 * WAL that somebody has cut is known, at its beginning as at its end. What was appended since the
 * last commit and is missing at the end leaves no trace, except where that commit was a takeover,
 * which puts an entry behind itself. For one call.
 */
final class WalCheck {
  private static final String LOST = "; the writes in them are lost";

  private final NamespaceContext context;
  private final Manifest manifest;
  private final List<Finding> findings = new ArrayList<>();

  WalCheck(NamespaceContext context, Manifest manifest) {
    this.context = context;
    this.manifest = manifest;
  }

  /** Whether a writer that was fenced has put an entry, or one of another life. */
  static boolean isDead(WalEntry entry, Manifest manifest, long epoch) {
    return entry.epoch() < epoch || !entry.incarnation().equals(manifest.incarnation());
  }

  /**
   * @param wal everything from {@link Manifest#walFirst} on, read after the manifest
   */
  List<Finding> check(List<Found<WalEntry>> wal) {
    long expected = manifest.walFloor();
    boolean hasStart = manifest.walFirst() < expected;
    if (hasStart && wal.stream().noneMatch(found -> found.number() == manifest.walFirst())) {
      missing(
          manifest.walFirst(),
          "the last entry that was flushed is missing, which nothing but a hand deletes",
          ". Writes that were acknowledged since that flush may have gone with it: nobody can say"
              + " which, or whether there were any");
    }
    long epoch = 0;
    for (Found<WalEntry> found : wal) {
      if (found.number() < manifest.walFloor()) {
        continue;
      }
      if (found.number() > expected) {
        missing(expected, found.number() - 1, LOST);
      }
      expected = found.number() + 1;
      epoch = checkEntry(found, epoch);
    }
    if (expected <= manifest.walLast()) {
      missing(expected, manifest.walLast(), LOST + ", and so is what was written behind them");
    } else if (findings.isEmpty()) {
      checkFence(wal, expected);
    }
    return findings;
  }

  private void missing(long from, long to, String loss) {
    missing(from, "entries " + from + " to " + to + " are missing", loss);
  }

  /** Nothing is lost if the last writer has said that everything is flushed, and has stopped. */
  private void missing(long entry, String what, String loss) {
    if (manifest.commit().farewell()) {
      add(
          Severity.NOTICE,
          entry,
          what + "; nothing is lost, for the last writer had flushed everything when it stopped");
    } else {
      add(Severity.DAMAGE, entry, what + loss);
    }
  }

  /** Returns the epoch that counts from here on. */
  private long checkEntry(Found<WalEntry> found, long epoch) {
    if (found.entry().isEmpty()) {
      found
          .damage()
          .ifPresent(e -> add(Severity.DAMAGE, found.number(), String.valueOf(e.getMessage())));
      return epoch;
    }
    WalEntry entry = found.entry().get();
    if (isDead(entry, manifest, epoch)) {
      add(
          Severity.NOTICE,
          found.number(),
          "written by a former writer and ignored; it was never acknowledged");
      return epoch;
    }
    if (entry.epoch() > manifest.epoch()) {
      add(
          Severity.DAMAGE,
          found.number(),
          "its writer took over in epoch "
              + entry.epoch()
              + ", of which the manifest, of epoch "
              + manifest.epoch()
              + ", knows nothing: somebody has put an older manifest in the place of a newer one");
    }
    return entry.epoch();
  }

  /** Whoever takes over commits the manifest, then puts an entry; nothing comes in between. */
  private void checkFence(List<Found<WalEntry>> wal, long next) {
    boolean isThere =
        wal.stream()
            .flatMap(found -> found.entry().stream())
            .anyMatch(entry -> entry.epoch() == manifest.epoch());
    if (!isThere && isTakeover()) {
      add(
          Severity.DOUBT,
          next,
          "the newest commit made a process the writer, and the entry that it puts next is not"
              + " there: either it ended at that very moment, or somebody has deleted the end of"
              + " the WAL, and with it every write that was acknowledged since; nobody can say"
              + " which. The next write settles it for what comes");
    }
  }

  /** Whether the newest commit of the manifest was one. */
  private boolean isTakeover() {
    return Damage.orElse(
        () ->
            context
                .history(manifest)
                .read(manifest.version() - 1)
                .filter(before -> before.epoch() < manifest.epoch())
                .isPresent(),
        damage -> false); // it is reported as a copy that is damaged
  }

  private void add(Severity severity, long entry, String message) {
    findings.add(
        new Finding(
            severity, context.object(ObjectNames.walUpTo(entry, manifest.incarnation())), message));
  }
}
