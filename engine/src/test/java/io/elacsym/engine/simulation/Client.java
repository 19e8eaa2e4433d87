package io.elacsym.engine.simulation;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.simulation.model.Ledger;
import io.elacsym.engine.simulation.model.Reading;
import io.elacsym.engine.simulation.model.Write;
import io.elacsym.engine.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;

/** Sends one request after the other to its process, and holds every answer against the model. */
final class Client {
  private static final int ALL = 1_000;

  private final Node node;
  private final Engine engine;
  private final Access access;
  private final World world;
  private final Random random;
  private final Ledger ledger;

  Client(Node node, Engine engine, Access access) {
    this.node = node;
    this.engine = engine;
    this.access = access;
    this.world = node.cluster().world();
    this.random = world.random();
    this.ledger = node.cluster().ledger();
  }

  /** Works until the storm is over, or the engine is closed. */
  void run() {
    while (node.cluster().isStorming() && !node.isClosing()) {
      node.host().sleep(world.between(Duration.ofMillis(1), node.cluster().scenario().pause()));
      List<String> names = node.cluster().scenario().namespaces();
      request(names.get(random.nextInt(names.size())));
    }
  }

  private void request(String namespace) {
    if (!ledger.isAlive(namespace) && world.chance(node.cluster().scenario().rebirths())) {
      make(namespace);
    } else if (world.chance(node.cluster().scenario().drops())) {
      drop(namespace);
    } else if (random.nextInt(100) < 60 && node.cluster().prefers(node, namespace)) {
      change(namespace);
    } else {
      read(namespace);
    }
  }

  /** Changes a namespace in ways that whoever has looked at it before must notice. */
  void overtake(String namespace) {
    if (world.chance(node.cluster().scenario().drops() * 10)) {
      drop(namespace);
    } else if (random.nextBoolean()) {
      restore(namespace);
    } else {
      addAttribute(namespace);
    }
    if (ledger.isAlive(namespace)) {
      write(namespace);
    }
  }

  /** Makes what is not there, as soon as that is possible, and writes to it. */
  void makeAgain(Duration within) {
    Instant end = world.now().plus(within);
    while (world.now().isBefore(end) && node.cluster().isStorming() && !node.isClosing()) {
      for (String namespace : node.cluster().scenario().namespaces()) {
        if (!ledger.isAlive(namespace)) {
          create(namespace);
          if (ledger.isAlive(namespace)) {
            write(namespace);
          }
        }
      }
      node.host().sleep(world.between(Duration.ofMillis(1), Duration.ofSeconds(10)));
    }
  }

  private void read(String namespace) {
    if (node.cluster().scenario().comeAndGo() && random.nextInt(4) == 0) {
      list(namespace);
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 40) {
      scan(namespace, Consistency.STRONG);
    } else if (dice < 55) {
      scan(namespace, Consistency.EVENTUAL);
    } else if (dice < 75) {
      get(namespace);
    } else if (dice < 92) {
      query(namespace);
    } else if (dice < 97) {
      stats(namespace);
    } else {
      list(namespace);
    }
  }

  private void change(String namespace) {
    int dice = random.nextInt(100);
    if (dice < 52) {
      write(namespace);
    } else if (dice < 66) {
      burst(namespace);
    } else if (dice < 75) {
      attempt("flushing", namespace, engine -> engine.namespace(namespace).flush());
    } else if (dice < 82) {
      attempt("compacting", namespace, engine -> engine.namespace(namespace).compact());
    } else if (dice < 87) {
      reindex(namespace);
    } else if (dice < 95) {
      addAttribute(namespace);
    } else {
      restore(namespace);
    }
  }

  void write(String namespace) {
    Write write =
        ledger.send(
            namespace,
            Documents.operations(random, ledger.nextWrite(), ledger.attributes(namespace)));
    try {
      WriteResult result =
          access.change(namespace, engine -> engine.namespace(namespace).write(write.request()));
      ledger.acknowledged(write, result, access.session(Consistency.STRONG));
    } catch (ElacsymException e) {
      // What a dead process says nobody hears.
      node.host().requireAlive();
      ledger.failed(write, e);
    } finally {
      ledger.ended(write);
    }
  }

  /** Several writes at once, which may become one entry of the WAL. */
  private void burst(String namespace) {
    for (int left = 2 + random.nextInt(3); left > 0; left--) {
      node.startClient(() -> write(namespace));
    }
  }

  /** Something that reads, with the check of its answer. */
  private interface Check {
    void run(Reading reading);
  }

  private void read(String namespace, Consistency consistency, Check check) {
    Reading reading = ledger.read(namespace, consistency, access.session(consistency));
    try {
      check.run(reading);
    } catch (ElacsymException e) {
      node.host().requireAlive();
      reading.failed(e);
    }
  }

  void scan(String namespace, Consistency consistency) {
    Optional<Filter> filter = Documents.filter(random);
    ScanRequest request =
        new ScanRequest(filter, Optional.empty(), ALL, Projection.ALL, consistency);
    read(
        namespace,
        consistency,
        reading ->
            reading.found(
                filter,
                access
                    .read(namespace, engine -> engine.namespace(namespace).scan(request))
                    .documents()));
  }

  private void get(String namespace) {
    DocId id = Documents.id(random);
    read(
        namespace,
        Consistency.STRONG,
        reading ->
            reading.foundOne(
                id,
                access.read(
                    namespace, engine -> engine.namespace(namespace).get(id, Projection.ALL))));
  }

  private void query(String namespace) {
    Consistency consistency = random.nextInt(3) > 0 ? Consistency.STRONG : Consistency.EVENTUAL;
    read(
        namespace,
        consistency,
        reading -> {
          if (random.nextBoolean()) {
            Ranking nearest =
                new Ranking.Nearest(Schema.VECTOR, new float[] {0, 0}, 1.0, OptionalInt.empty());
            reading.foundNearest(ranked(namespace, nearest, consistency));
          } else {
            Ranking text =
                new Ranking.Bm25(
                    List.of(new Ranking.WeightedField(Documents.TITLE, 1)), Documents.WORD);
            reading.foundWith(Documents.TITLE, ranked(namespace, text, consistency));
          }
        });
  }

  private List<Document> ranked(String namespace, Ranking ranking, Consistency consistency) {
    QueryRequest request =
        QueryRequest.of(ranking)
            .withTopK(ALL)
            .withProjection(Projection.ALL)
            .withConsistency(consistency);
    return access
        .read(namespace, engine -> engine.namespace(namespace).query(request))
        .hits()
        .stream()
        .map(Hit::document)
        .toList();
  }

  private void stats(String namespace) {
    read(
        namespace,
        Consistency.STRONG,
        reading ->
            reading.counted(
                access.read(namespace, engine -> engine.namespace(namespace).stats()).documents()));
  }

  private void list(String namespace) {
    Instant began = world.now();
    try {
      boolean listed = engine.list("", "", ALL).names().contains(namespace);
      if (!listed && ledger.isSteadySince(namespace, began)) {
        world.fail("namespace " + namespace + " is not listed");
      } else if (listed
          && !ledger.livedSince(namespace, began)
          && !ledger.mayHaveLookedAliveSince(namespace, began)) {
        world.fail("namespace " + namespace + " is listed");
      }
    } catch (ElacsymException e) {
      node.host().requireAlive();
      ledger.failed("listing", namespace, began, e);
    }
  }

  /** Creates a namespace, or branches it from another one. */
  private void make(String namespace) {
    List<String> names = node.cluster().scenario().namespaces();
    String source = names.get(random.nextInt(names.size()));
    if (ledger.isAlive(source) && random.nextInt(4) > 0) {
      branch(source, namespace);
    } else {
      create(namespace);
    }
  }

  private void branch(String source, String namespace) {
    Instant began = world.now();
    Reading reading = ledger.read(source, Consistency.STRONG, access.session(Consistency.STRONG));
    try {
      access.change(source, engine -> engine.branch(source, namespace, Optional.empty()));
      ledger.branched(source, namespace, reading, began);
    } catch (ElacsymException e) {
      node.host().requireAlive();
      // The branch may have been dropped already.
      if (e.kind() != ErrorKind.NOT_FOUND || ledger.isSteadySince(namespace, began)) {
        ledger.failed("branching", source, began, e);
      }
    }
  }

  private void restore(String namespace) {
    Instant began = world.now();
    try {
      access.change(
          namespace,
          engine -> {
            List<NamespaceVersion> versions = engine.history(namespace);
            return engine.restore(
                namespace, versions.get(random.nextInt(versions.size())).version());
          });
      ledger.restored(namespace, began);
    } catch (ElacsymException e) {
      node.host().requireAlive();
      // The version may have been given up by now.
      if (e.kind() != ErrorKind.NOT_FOUND) {
        ledger.failed("restoring", namespace, began, e);
      }
    }
  }

  void create(String namespace) {
    Instant began = world.now();
    try {
      access.change(namespace, engine -> engine.create(namespace, Documents.SCHEMA));
      if (!ledger.livedSince(namespace, began)) {
        world.fail("namespace " + namespace + " was created and is not there");
      }
    } catch (ElacsymException e) {
      node.host().requireAlive();
      if (e.kind() == ErrorKind.CONFLICT && !ledger.livedSince(namespace, began)) {
        world.fail("namespace " + namespace + " is not there: " + e.getMessage());
      }
      ledger.failed("creating", namespace, began, e);
    }
  }

  private void drop(String namespace) {
    Instant began = world.now();
    if (attempt("dropping", namespace, engine -> engine.drop(namespace))
        && ledger.isSteadySince(namespace, began)) {
      world.fail("namespace " + namespace + " was dropped and is there");
    }
  }

  private void addAttribute(String namespace) {
    Instant began = world.now();
    String name = Documents.MORE.get(random.nextInt(Documents.MORE.size()));
    Map<String, Attribute> added = Map.of(name, Attribute.of(AttributeType.INT));
    if (attempt(
        "adding attributes to",
        namespace,
        engine -> engine.namespace(namespace).addAttributes(added))) {
      ledger.declared(namespace, began, name);
    }
  }

  /** Has every index built anew, or changes its mind about that. */
  private void reindex(String namespace) {
    ReindexRequest everything =
        new ReindexRequest(Optional.empty(), Optional.empty(), true, random.nextBoolean());
    if (random.nextInt(8) == 0) {
      attempt("cancelling", namespace, engine -> engine.namespace(namespace).cancelReindex());
    } else {
      attempt("reindexing", namespace, engine -> engine.namespace(namespace).reindex(everything));
    }
  }

  /** Does something that changes no document; false when it fails, as it may. */
  private boolean attempt(String what, String namespace, Consumer<Engine> action) {
    Instant began = world.now();
    try {
      return access.change(
          namespace,
          engine -> {
            action.accept(engine);
            return true;
          });
    } catch (ElacsymException e) {
      node.host().requireAlive();
      ledger.failed(what, namespace, began, e);
      return false;
    }
  }
}
