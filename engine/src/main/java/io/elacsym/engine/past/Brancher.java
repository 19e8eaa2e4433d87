package io.elacsym.engine.past;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.life.Births;
import io.elacsym.engine.manifest.Branch;
import io.elacsym.engine.manifest.Content;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.writer.ManifestCommits;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a namespace that begins with the content of another one and shares its objects.
 *
 * <p>There are three commits, and the process may die after each of them: the branch is prepared,
 * so that its manifest says what it will use; the source promises to keep that; the branch becomes
 * active. Nobody can open a branch before the promise, and a promise to a branch that was never
 * finished is withdrawn after a grace, by dropping the branch first.
 */
public final class Brancher {
  private final NamespaceContext source;
  private final Writer writer;

  public Brancher(NamespaceContext source, Writer writer) {
    this.source = source;
    this.writer = writer;
  }

  /**
   * Makes a branch.
   *
   * @param target a name without a living namespace
   * @param version of the source; empty for the newest, without what is not flushed
   * @throws ElacsymException {@code CONFLICT} when the target exists or another process interferes,
   *     {@code NOT_FOUND} when the source has no such version, {@code CORRUPT} when an object of it
   *     is missing
   */
  public void branch(NamespaceContext target, Optional<Long> version) {
    State state = writer.becomeWriter();
    Manifest now = state.manifest().content();
    KeptVersions kept = new KeptVersions(source);
    Manifest wanted = kept.find(now, version.orElse(now.version()));
    kept.requireWhole(wanted);
    Tagged<Manifest> prepared = prepare(target, wanted);
    promise(state, wanted, target, prepared.content());
    ManifestCommits commits = target.manifest();
    Manifest before = prepared.content();
    Manifest active =
        commits.next(
            before, before.withStage(Life.Stage.ACTIVE).withHistoryFrom(before.version() + 1));
    if (commits.replace(prepared, active).isEmpty()) {
      throw ElacsymException.conflict(
          "namespace '" + target.name() + "' was given up or made by somebody else meanwhile");
    }
    commits.tryToKeep(active);
  }

  private Tagged<Manifest> prepare(NamespaceContext target, Manifest wanted) {
    Content content =
        wanted.content().renamed(name -> ObjectNames.fromElsewhere(source.name(), name));
    return new Births(target)
        .bear(before -> {
          Life life =
              new Life(
                  target.seams().ids().get(),
                  Life.Stage.PREPARING,
                  target.now(),
                  Optional.of(new Life.Origin(source.name(), wanted.version(), Optional.empty())));
          return Manifest.first(life, before, target.seams().ids().get(), content);
        });
  }

  private void promise(State state, Manifest wanted, NamespaceContext target, Manifest branch) {
    Instant now = source.now();
    writer.commitManifest(
        state,
        before -> {
          if (!before.canRestore(wanted.version())) {
            throw ElacsymException.conflict(
                "namespace '"
                    + source.name()
                    + "': version "
                    + wanted.version()
                    + " is no longer kept; try a newer one");
          }
          List<Branch> branches = new ArrayList<>(before.branches());
          branches.add(new Branch(target.name(), branch.incarnation(), now));
          return before.withBranches(branches);
        },
        state::committed);
    // A repair of the manifest from its history must not lose the promise.
    writer.keepHistory();
  }
}
