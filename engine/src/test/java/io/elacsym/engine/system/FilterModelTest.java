package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.check.GivenFilters;
import io.elacsym.engine.filter.NaiveFilter;
import io.elacsym.engine.filter.RandomFilters;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every filter finds in a namespace what common sense finds in a map, whether a document is in the
 * live buffer or in a segment, whether the field has an index, and whatever was replaced, patched,
 * deleted, flushed or merged before.
 */
class FilterModelTest {
  private static final int STEPS = 25;
  private static final int FILTERS = 60;

  @Test
  void filtersFindWhatCommonSenseFinds() {
    Seeded.run(random -> {
      for (DocId.Kind kind : DocId.Kind.values()) {
        try (History history = new History(random, kind)) {
          for (int step = 0; step < STEPS; step++) {
            history.go();
            history.check();
          }
        }
      }
    });
  }

  /** One attribute of each type with an index, and one without. */
  private static Schema schema() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (AttributeType type : AttributeType.all()) {
      attributes.put(type.id(), Attribute.of(type));
      attributes.put("indexed_" + type.id(), Attribute.indexed(type));
    }
    return new Schema(List.of(), attributes);
  }

  private static final class History implements AutoCloseable {
    private final Random random;
    private final Samples samples;
    private final DocId.Kind kind;
    private final Schema schema = schema();
    private final RandomFilters filters;
    private final Engine engine = TestEngine.open(new MemoryStorage());
    private final Namespace namespace = engine.create("ns", schema);
    private final Map<DocId, Document> model = new TreeMap<>();

    History(Random random, DocId.Kind kind) {
      this.random = random;
      this.samples = new Samples(random);
      this.kind = kind;
      this.filters = new RandomFilters(random, schema, kind);
      write();
    }

    void go() {
      switch (random.nextInt(8)) {
        case 0, 1 -> namespace.flush();
        case 2 -> namespace.compact();
        default -> write();
      }
    }

    private void write() {
      List<WriteOp> ops = new ArrayList<>();
      for (int left = random.nextInt(20); left >= 0; left--) {
        DocId id = samples.id(kind);
        switch (random.nextInt(8)) {
          case 0 -> {
            ops.add(new WriteOp.Delete(id));
            model.remove(id);
          }
          case 1, 2 -> {
            Map<String, Value> changed = samples.document(id, schema).attributes();
            ops.add(new WriteOp.PatchOrCreate(id, Map.of(), new HashMap<String, Given>(changed)));
            Document before = model.getOrDefault(id, new Document(id, Map.of(), Map.of()));
            Map<String, Value> merged = new HashMap<>(before.attributes());
            merged.putAll(changed);
            model.put(id, new Document(id, Map.of(), merged));
          }
          case 3 -> {
            if (random.nextInt(3) == 0) {
              TypedFilter filter =
                  new TypedFilter.And(
                      List.of(filters.filter(1), filters.filter(1), filters.filter(1)));
              ops.add(new WriteOp.DeleteMatching(GivenFilters.of(filter)));
              model.values().removeIf(document -> NaiveFilter.matches(filter, document));
            }
          }
          default -> {
            Document document = samples.document(id, schema);
            ops.add(new WriteOp.Upsert(document));
            model.put(id, document);
          }
        }
      }
      if (!ops.isEmpty()) {
        namespace.write(new WriteRequest(ops));
      }
    }

    void check() {
      for (int round = 0; round < FILTERS; round++) {
        TypedFilter filter = filters.filter(3);
        List<DocId> found =
            namespace
                .scan(
                    new ScanRequest(
                        Optional.of(GivenFilters.of(filter)),
                        Optional.empty(),
                        1_000,
                        Projection.ALL,
                        Consistency.STRONG))
                .documents()
                .stream()
                .map(Document::id)
                .toList();
        assertThat(found)
            .as("%s", filter)
            .containsExactlyElementsOf(
                model.values().stream()
                    .filter(document -> NaiveFilter.matches(filter, document))
                    .map(Document::id)
                    .toList());
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
