package io.elacsym.engine.life;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Branch;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.writer.NamespaceContext;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the branches of a namespace use. A branch says so itself, in its manifest: an object is
 * needed as long as a segment of the branch or its garbage names it. A branch can only cease to use
 * an object, never begin to, so an object that was once found unused stays so.
 *
 * @param names of objects on storage that a branch uses
 * @param alive branches that use any
 */
public record BranchUse(Set<String> names, List<Branch> alive) {
  private static final System.Logger LOG = System.getLogger(BranchUse.class.getName());

  /**
   * Asks every branch.
   *
   * @throws ElacsymException {@code CORRUPT} when the manifest of one is damaged: then nobody can
   *     say what it uses
   */
  public static BranchUse of(NamespaceContext context, Manifest source) {
    Set<String> names = new HashSet<>();
    List<Branch> alive = new ArrayList<>();
    for (Branch branch : source.branches()) {
      NamespaceContext of = context.named(branch.name());
      Optional<Tagged<Manifest>> now =
          of.manifest()
              .read()
              .filter(read -> read.content().incarnation().equals(branch.incarnation()))
              .filter(read -> !read.content().isOver());
      if (now.isPresent() && add(branch, now.get().content(), names)) {
        alive.add(branch);
        giveUpIfAbandoned(context, branch, of, now.get());
      }
    }
    return new BranchUse(names, alive);
  }

  /**
   * Adds the objects of other namespaces that a branch uses; false when it uses none, and so never
   * will.
   */
  private static boolean add(Branch branch, Manifest manifest, Set<String> names) {
    List<String> used =
        manifest.accountedNames().stream().filter(ObjectNames::isElsewhere).toList();
    used.forEach(name -> names.add(ObjectNames.absolute(branch.name(), name)));
    return !used.isEmpty();
  }

  /**
   * Drops a branch that has been in preparation for longer than a grace: the process that prepares
   * it has died, or will find it dropped when it goes on.
   */
  private static void giveUpIfAbandoned(
      NamespaceContext context, Branch branch, NamespaceContext of, Tagged<Manifest> found) {
    Instant now = context.now();
    if (found.content().stage() == Life.Stage.PREPARING
        && branch.since().plus(context.settings().reaperGrace()).isBefore(now)) {
      LOG.log(
          Level.WARNING,
          "namespace {0}: branch {1} was never finished and is given up",
          context.name(),
          branch.name());
      Purge.giveUp(of, found);
    }
  }

  public boolean needs(NamespaceContext source, String name) {
    return names.contains(source.object(name));
  }

  /**
   * @throws ElacsymException {@code CONFLICT} naming the branches, if there are any
   */
  void requireNone(String namespace) {
    if (!alive.isEmpty()) {
      throw ElacsymException.conflict(
          "namespace '"
              + namespace
              + "' has branches that use its objects: "
              + alive.stream().map(Branch::name).sorted().toList()
              + "; delete them first");
    }
  }
}
