package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A namespace, and a write that changes several of its documents: titles by id. */
final class Papers {
  static final String NAME = "papers";

  static final Map<String, String> BEFORE =
      Map.of("2", "paper two, revised", "4", "paper four, revised", "5", "paper five");
  static final Map<String, String> AFTER =
      Map.of("2", "paper two, final", "5", "paper five", "6", "paper six");

  /** Makes the one of the other. */
  private static final WriteRequest CHANGE =
      new WriteRequest(
          List.of(upsert(2, "paper two, final"), delete(4), upsert(6, "paper six"), delete(1)));

  private Papers() {}

  /** Two segments, one of them with tombstones, and a write to both that is not flushed. */
  private static void fill(Engine engine) {
    Namespace papers = engine.create(NAME, TestEngine.schema());
    write(engine, upsert(1, "paper one"), upsert(2, "paper two"), upsert(3, "paper three"));
    papers.flush();
    write(engine, upsert(2, "paper two, revised"), delete(3), upsert(4, "paper four"));
    papers.flush();
    write(engine, upsert(4, "paper four, revised"), delete(1), upsert(5, "paper five"));
  }

  /** Starts the process that creates it, and is its writer from then on. */
  static Engine writer(Processes processes, MemoryStorage storage) {
    Engine engine = processes.start(storage.attach());
    fill(engine);
    return engine;
  }

  /** A storage with it, in which a process with another vector index has stored it. */
  static MemoryStorage storedWith(Processes processes, String vectorIndex) {
    MemoryStorage storage = new MemoryStorage(processes.clock());
    Engine engine = processes.start(storage.attach(), Map.of("index.vector", vectorIndex));
    fill(engine);
    processes.stop(engine);
    return storage;
  }

  /** A storage with it, whose writer has ended. */
  static MemoryStorage stored(Processes processes) {
    MemoryStorage storage = new MemoryStorage(processes.clock());
    processes.stop(writer(processes, storage));
    return storage;
  }

  static WriteOp upsert(long id, String title) {
    return new WriteOp.Upsert(TestEngine.document(id, title));
  }

  static WriteOp delete(long id) {
    return new WriteOp.Delete(DocId.of(id));
  }

  static void write(Engine engine, WriteOp... operations) {
    engine.namespace(NAME).write(new WriteRequest(List.of(operations)));
  }

  static void change(Engine engine) {
    engine.namespace(NAME).write(CHANGE);
  }

  /** What a scan finds, provided that searching by vector and by text finds the same. */
  static Map<String, String> titles(Engine engine) {
    Map<String, String> titles = CrashEverywhere.titles(engine, NAME);
    Set<String> byVector = found(engine, TestEngine.nearest(0, 0));
    byVector.remove(CrashEverywhere.LIFE_GOES_ON);
    assertThat(byVector).isEqualTo(titles.keySet());
    assertThat(found(engine, TestEngine.text("paper", "title"))).isEqualTo(titles.keySet());
    return titles;
  }

  private static Set<String> found(Engine engine, Ranking ranking) {
    return engine
        .namespace(NAME)
        .query(TestEngine.query(ranking, Optional.empty(), 100))
        .hits()
        .stream()
        .map(hit -> hit.document().id().toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static void areBefore(Engine engine) {
    assertThat(titles(engine)).isEqualTo(BEFORE);
  }

  static void areAfter(Engine engine) {
    assertThat(titles(engine)).isEqualTo(AFTER);
  }

  static void areBeforeOrAfter(Engine engine) {
    assertThat(titles(engine)).isIn(BEFORE, AFTER);
  }
}
