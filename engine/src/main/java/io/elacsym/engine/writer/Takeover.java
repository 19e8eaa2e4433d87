package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.WrittenElsewhere;
import io.elacsym.engine.settings.Succession;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a process becomes the writer, or stops the one there is: the epoch in the manifest rises by
 * compare-and-set, then a fence, an entry without changes, takes the next free number of the WAL.
 * The former writer either got that number before, then its entry counts and the fence comes behind
 * it; or it loses the number, and learns.
 *
 * @param manifest with the epoch that was raised
 * @param fence the number that it has: no entry of an earlier epoch will ever count behind it
 */
public record Takeover(Tagged<Manifest> manifest, long fence) {
  /**
   * Takes over without opening the namespace: for changes that need none of its rows.
   *
   * @param before as just read
   * @param keeping the oldest version that must not be given up by it
   * @throws ElacsymException {@code CONFLICT} by a {@link LostRace} when somebody else has
   *     committed or taken over, {@code UNAVAILABLE} when storage fails, or by a {@link
   *     WrittenElsewhere} when another node should write
   */
  public static Takeover of(NamespaceContext context, Tagged<Manifest> before, long keeping) {
    Tagged<Manifest> raised = raise(context, before, before.content(), keeping);
    return new Takeover(raised, fence(context, raised.content()));
  }

  /**
   * The first half of a takeover: commits the manifest with a higher epoch.
   *
   * @param known the same manifest, with what this process knows of its WAL
   * @throws ElacsymException as {@link #of}
   */
  static Tagged<Manifest> raise(
      NamespaceContext context, Tagged<Manifest> before, Manifest known, long keeping) {
    Succession succession = context.seams().succession();
    if (succession.mayTakeOver(context.name(), before.content().activeWriter())
        instanceof Succession.Verdict.No(Optional<String> other)) {
      throw WrittenElsewhere.of(context.name(), other);
    }
    Manifest mine = known.takenOver(succession.self());
    ManifestCommits commits = context.manifest();
    return commits
        .replace(before, commits.nextKeeping(keeping, before.content(), mine))
        .orElseThrow(() -> LostRace.of(context.name()));
  }

  /**
   * The second half of a takeover, the fence, for an epoch that was just committed, without opening
   * the namespace.
   *
   * @return the number of the fence
   * @throws ElacsymException as {@link #of}
   */
  public static long fence(NamespaceContext context, Manifest raised) {
    return fence(
            context,
            raised,
            // Never a number that was used, also where somebody has deleted what had it.
            Math.max(raised.walFloor(), raised.walLast() + 1),
            tail -> tail.forEach(found -> requireOlder(context, raised, found)))
        .sequence();
  }

  /**
   * The second half of a takeover: puts the fence.
   *
   * @param first where to look for the next free number
   * @param seen is shown the entries from there on before each try, and may throw
   * @return the fence as it is stored
   * @throws ElacsymException {@code UNAVAILABLE} when storage fails, or nobody can say whether it
   *     is stored
   */
  static WalEntry fence(
      NamespaceContext context, Manifest raised, long first, Consumer<List<Found<WalEntry>>> seen) {
    String id = context.seams().ids().get();
    return context
        .wal(raised)
        .fence(first, seen, number -> Wal.draft(entry(raised, id, number)))
        .map(number -> entry(raised, id, number))
        .orElseThrow(() -> inDoubt(context.name()));
  }

  private static WalEntry entry(Manifest raised, String id, long number) {
    return new WalEntry(number, raised.epoch(), raised.incarnation(), id, List.of());
  }

  private static void requireOlder(
      NamespaceContext context, Manifest raised, Found<WalEntry> found) {
    found
        .entry()
        .filter(entry ->
            entry.incarnation().equals(raised.incarnation()) && entry.epoch() > raised.epoch())
        .ifPresent(entry -> {
          throw LostRace.of(context.name());
        });
  }

  /** What is thrown when nobody can say whether an entry of the WAL is stored. */
  static ElacsymException inDoubt(String namespace) {
    return new ElacsymException(
        ErrorKind.UNAVAILABLE,
        "namespace '"
            + namespace
            + "': storage did not say whether it has taken a write; it may be there or not, and"
            + " sending it again is safe, if it has no condition");
  }
}
