package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.life.Births;
import io.elacsym.engine.life.Dropper;
import io.elacsym.engine.manifest.Content;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.RepairReport;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.past.ManifestRepair;
import io.elacsym.engine.past.Restorer;
import io.elacsym.engine.writer.NamespaceContext;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Creates, branches, drops, restores and repairs namespaces: what changes a life as a whole, while
 * nothing else of this process changes it. Tells the rest of the process.
 */
public final class Lives {
  private static final System.Logger LOG = System.getLogger(Lives.class.getName());

  private final EngineContext engine;
  private final OpenNamespaces open;
  private final Catalogue catalogue;
  private final PurgeRounds purges;

  public Lives(EngineContext engine, OpenNamespaces open, Catalogue catalogue, PurgeRounds purges) {
    this.engine = engine;
    this.open = open;
    this.catalogue = catalogue;
    this.purges = purges;
  }

  /** Creates a namespace; see {@code Engine}. */
  public Namespace create(String name, Schema schema) {
    Catalogue.check(name);
    engine.plugins().checkLanguages(schema);
    return Deadline.whole(() -> createWhole(name, schema));
  }

  private Namespace createWhole(String name, Schema schema) {
    NamespaceContext context = engine.namespace(name);
    Manifest created =
        open.oneAtATime(
                name, () -> new Births(context).bear(before -> first(context, schema, before)))
            .content();
    context.manifest().tryToKeep(created);
    catalogue.changed(1);
    open.born(name, created.incarnation());
    try {
      return open.open(name);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      // Another process has dropped it by now; it was created all the same, so this call succeeds.
      return open.named(name);
    }
  }

  private static Manifest first(
      NamespaceContext context, Schema schema, Optional<Manifest> before) {
    Life life =
        new Life(context.seams().ids().get(), Life.Stage.ACTIVE, context.now(), Optional.empty());
    return Manifest.first(life, before, context.seams().ids().get(), Content.empty(schema));
  }

  /** Makes a namespace that shares the objects of another; see {@code Engine}. */
  public Namespace branch(String source, String branch, Optional<Long> version) {
    Catalogue.check(branch);
    open.oneAtATime(
        branch,
        () ->
            open.onOpen(
                source,
                from -> {
                  from.branch(engine.namespace(branch), version);
                  return true;
                }));
    catalogue.changed(1);
    // The branch is made by now: a caller without time left must not be told that it was not made.
    return Deadline.without(() -> open.open(branch));
  }

  /** Deletes a namespace; see {@code Engine}. */
  public void drop(String name) {
    Catalogue.check(name);
    open.last(
        name,
        () -> {
          open.ended(name, new Dropper(engine.namespace(name)).drop());
          return true;
        });
    catalogue.changed(-1);
    try {
      purges.purgeNow(name);
    } catch (ElacsymException e) {
      // The namespace is gone; what it has left is marked, and purged after the grace.
      LOG.log(Level.DEBUG, "namespace {0}: not all is deleted yet: {1}", name, e.forOperators());
    }
  }

  /** Brings back a version of a namespace; see {@code Engine}. */
  public long restore(String name, long version) {
    Catalogue.check(name);
    return open.alone(name, () -> new Restorer(engine.namespace(name)).restore(version));
  }

  /** Makes a namespace open again; see {@code Engine}. */
  public RepairReport repair(String name, boolean forgetLost, LongConsumer progress) {
    Catalogue.check(name);
    return open.alone(
        name, () -> new ManifestRepair(engine.namespace(name), progress).repair(forgetLost));
  }
}
