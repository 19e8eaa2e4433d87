package io.elacsym.engine.past;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.writer.ManifestCommits;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Takeover;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Brings back the content of an earlier version, also of a namespace that does not open because it
 * has lost objects since. Works on the manifest alone, as a process that takes over: whoever has
 * the namespace open, in this process too, learns of it as of any other takeover.
 */
public final class Restorer {
  private static final System.Logger LOG = System.getLogger(Restorer.class.getName());

  private final NamespaceContext context;
  private final KeptVersions kept;

  public Restorer(NamespaceContext context) {
    this.context = context;
    this.kept = new KeptVersions(context);
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
    Tagged<Manifest> found = context.manifest().readActive();
    Manifest wanted = kept.find(found.content(), version);
    kept.requireWhole(wanted);
    Takeover taken = Takeover.of(context, found, version);
    Manifest now = taken.manifest().content();
    Manifest changed =
        now.knowing(taken.fence()).withContent(wanted.content()).withFloor(taken.fence() + 1);
    ManifestCommits commits = context.manifest();
    Manifest after = commits.nextRestoring(version, now, changed);
    Optional<Tagged<Manifest>> restored = commits.replace(taken.manifest(), after);
    if (restored.isEmpty() && !wasCommitted(after)) {
      throw LostRace.of(context.name());
    }
    restored.ifPresent(committed -> commits.keep(committed.content()));
    LOG.log(
        Level.INFO,
        "namespace {0}: version {1} is as version {2} was",
        context.name(),
        Long.toString(after.version()),
        Long.toString(version));
    return after.version();
  }

  /**
   * Whether a commit that seems to have lost was replaced after its answer was lost: whoever
   * replaced it has made a copy before. To restore once more would undo what was written since.
   */
  private boolean wasCommitted(Manifest after) {
    return context
        .history(after)
        .read(after.version())
        .filter(copy -> copy.commitId().equals(after.commitId()))
        .isPresent();
  }
}
