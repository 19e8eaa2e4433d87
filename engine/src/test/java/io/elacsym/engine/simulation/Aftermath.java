package io.elacsym.engine.simulation;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.VerifyReport;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.simulation.model.Ledger;
import io.elacsym.engine.simulation.model.NamedObjects;
import io.elacsym.engine.simulation.model.Reading;
import io.elacsym.engine.simulation.model.Write;
import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.Wait;
import io.elacsym.engine.simulation.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What must hold when the storm is over: every process answers, and right; work goes on; and once
 * every grace has passed, the bucket holds what is used and nothing else.
 */
final class Aftermath {
  private static final Duration PATIENCE = Duration.ofHours(3);

  /** After so long nothing is left of processes that have died while they started. */
  private static final Duration LONG = Duration.ofHours(2);

  /** Whoever has died in the middle of a purge blocks the next one for a minute. */
  private static final Duration PURGE = Duration.ofMinutes(2);

  /** After so long all links are whole, and all nodes have seen each other again. */
  private static final Duration REUNION = Duration.ofSeconds(40);

  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final int ATTEMPTS = 5;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final Host host;
  private final World world;
  private final Ledger ledger;

  Aftermath(Cluster cluster, Host host) {
    this.cluster = cluster;
    this.host = host;
    this.world = cluster.world();
    this.ledger = cluster.ledger();
  }

  void run() {
    cluster.nodes().forEach(Node::goOn);
    cluster.bucket().settle();
    if (cluster.fabric().routes()) {
      host.sleep(REUNION);
    }
    awaitIdle();
    cluster.bucket().settle();
    cluster.nodes().forEach(this::readEverything);
    Node worker = cluster.nodes().get(world.random().nextInt(cluster.nodes().size()));
    cluster.scenario().namespaces().forEach(namespace -> workOn(worker, namespace));
    host.sleep(cluster.scenario().grace().multipliedBy(8));
    cluster.nodes().forEach(this::readEverything);
    cluster.killAll();
    host.sleep(LONG);
    Node fresh = cluster.start(0);
    awaitIdle();
    readEverything(fresh);
    // A request of the storm may have made somebody busy until just before the end.
    cluster.scenario().namespaces().forEach(namespace -> workOn(fresh, namespace));
    cluster.scenario().namespaces().forEach(namespace -> dropAgain(fresh, namespace));
    // A look at all folders, 36 graces after which strays are purged, and their markers a grace
    // later.
    host.sleep(cluster.scenario().grace().multipliedBy(44).plus(PURGE));
    cluster.scenario().namespaces().forEach(namespace -> verify(fresh, namespace));
    checkObjects();
    cluster.killAll();
  }

  private void awaitIdle() {
    for (Duration waited = Duration.ZERO; !cluster.isIdle(); waited = waited.plus(MOMENT)) {
      if (waited.compareTo(PATIENCE) > 0) {
        world.fail("processes are busy for ever\n" + world.waiting());
      }
      host.sleep(MOMENT);
    }
  }

  /** Lets a process do something, and waits for it. */
  private void on(Node node, Consumer<Engine> action) {
    Wait wait = host.newWait();
    node.host()
        .start(
            "aftermath",
            () -> {
              action.accept(node.engine().orElseThrow());
              wait.end();
            });
    wait.await();
  }

  private void readEverything(Node node) {
    for (String namespace : cluster.scenario().namespaces()) {
      on(
          node,
          engine -> {
            Reading reading = ledger.read(namespace, Consistency.STRONG, node.session());
            try {
              reading.found(Optional.empty(), engine.namespace(namespace).scan(all()).documents());
            } catch (ElacsymException e) {
              if (e.kind() != ErrorKind.NOT_FOUND || ledger.isAlive(namespace)) {
                world.fail("cannot read " + namespace + " when all is calm: " + Host.trace(e));
              }
            }
          });
    }
  }

  private static ScanRequest all() {
    return new ScanRequest(
        Optional.empty(), Optional.empty(), 1000, Projection.ALL, Consistency.STRONG);
  }

  private void workOn(Node node, String namespace) {
    on(
        node,
        ignored -> {
          if (!ledger.isAlive(namespace)) {
            return;
          }
          for (int attempt = 1; ; attempt++) {
            try {
              write(namespace, node);
              node.access()
                  .change(
                      namespace,
                      engine -> {
                        engine.namespace(namespace).flush();
                        engine.namespace(namespace).compact();
                        return namespace;
                      });
              return;
            } catch (ElacsymException e) {
              // Somebody's last flush may come between, or leave a write in doubt.
              boolean again = e.kind() == ErrorKind.CONFLICT || e.kind() == ErrorKind.UNAVAILABLE;
              if (!again || attempt == ATTEMPTS) {
                world.fail("cannot work on " + namespace + " when all is calm: " + Host.trace(e));
                return;
              }
              // As clients do. A process that has only just started is not known to others yet.
              node.host().sleep(RETRY);
            }
          }
        });
  }

  private void write(String namespace, Node node) {
    Write write =
        ledger.send(
            namespace,
            Documents.operations(world.random(), ledger.nextWrite(), ledger.attributes(namespace)));
    try {
      WriteResult result =
          node.access()
              .change(namespace, engine -> engine.namespace(namespace).write(write.request()));
      ledger.acknowledged(write, result, node.session());
    } catch (ElacsymException e) {
      ledger.failed(write, e);
      throw e;
    }
  }

  /** What an operator does about a namespace whose deletion was cut off. */
  private void dropAgain(Node node, String namespace) {
    if (ledger.isAlive(namespace) || ledger.manifest(namespace).isEmpty()) {
      return;
    }
    on(
        node,
        engine -> {
          try {
            node.access()
                .change(
                    namespace,
                    owner -> {
                      owner.drop(namespace);
                      return namespace;
                    });
            world.fail("namespace " + namespace + " was dropped twice");
          } catch (ElacsymException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
              world.fail("cannot drop " + namespace + " when all is calm: " + Host.trace(e));
            }
          }
        });
  }

  private void verify(Node node, String namespace) {
    if (!ledger.isAlive(namespace)) {
      return;
    }
    on(
        node,
        engine -> {
          VerifyReport report = engine.verify(namespace, bytes -> {});
          if (!report.findings().isEmpty() || report.documents() != ledger.documents(namespace)) {
            world.fail("namespace " + namespace + " does not check out: " + report);
          }
        });
  }

  private void checkObjects() {
    Set<String> there = new TreeSet<>();
    cluster.bucket().list("").stream().map(ObjectInfo::name).forEach(there::add);
    // What nodes tell each other of themselves.
    there.removeIf(name -> name.startsWith("elacsym-cluster/"));
    for (String namespace : cluster.scenario().namespaces()) {
      ledger
          .manifest(namespace)
          .ifPresent(manifest ->
              there.removeAll(
                  NamedObjects.atRest(namespace, manifest, ledger.lastEntry(namespace))));
    }
    if (!there.isEmpty()) {
      world.fail("nothing names these objects, and they stay: " + there);
    }
  }
}
