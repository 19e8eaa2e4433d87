package io.elacsym.engine.wal;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.wal.WalEntry.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** WAL entries for tests: one that never changes, and random ones. */
final class Entries {
  private Entries() {}

  /** What {@code golden/wal-1.wal} says; it has every kind of change, id and value. */
  static WalEntry golden() {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    vectors.put("vector", new float[] {1.5f, -0.0f, Float.MIN_VALUE});
    vectors.put("empty", new float[0]);
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put("text", new Value.Text("Gr\u00fc\u00dfe \uD83D\uDE00"));
    attributes.put("int", new Value.Int(Long.MIN_VALUE));
    attributes.put("uint", new Value.Uint(-1));
    attributes.put("float", new Value.Real(0.1));
    attributes.put("bool", new Value.Bool(true));
    attributes.put("datetime", new Value.DateTime(1_700_000_000_123L));
    attributes.put("uuid", new Value.Uuid(UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")));
    attributes.put("array", new Value.Array(List.of(new Value.Text("a"), new Value.Text(""))));
    attributes.put("none", new Value.Array(List.of()));
    return new WalEntry(
        42,
        3,
        "9f86d081884c7d65",
        "2c26b46b68ffc68f",
        List.of(
            new Change.Put(new Document(DocId.of(7), vectors, attributes)),
            new Change.Remove(DocId.of(-1)),
            new Change.Put(new Document(DocId.of("k\u00e9y"), Map.of(), Map.of())),
            new Change.Remove(DocId.of("gone"))));
  }

  static WalEntry random(Random random) {
    Samples samples = new Samples(random);
    Schema attributes = Samples.everyType();
    List<Change> changes = new ArrayList<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      DocId id = samples.id(samples.oneOf(List.of(DocId.Kind.values())));
      if (random.nextInt(3) == 0) {
        changes.add(new Change.Remove(id));
      } else {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        for (int field = random.nextInt(3); field > 0; field--) {
          vectors.put("v" + field + samples.text(), samples.vector(random.nextInt(300)));
        }
        changes.add(
            new Change.Put(
                new Document(id, vectors, samples.document(id, attributes).attributes())));
      }
    }
    return new WalEntry(
        random.nextLong() >>> 1, random.nextLong() >>> 1, samples.text(), samples.text(), changes);
  }
}
