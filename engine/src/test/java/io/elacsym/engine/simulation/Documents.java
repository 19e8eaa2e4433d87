package io.elacsym.engine.simulation;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What clients write: few documents, so that they meet; every value says which write it is from.
 */
final class Documents {
  private static final int IDS = 10;
  private static final int KINDS = 3;
  private static final String WRITE = "write";
  private static final String PATCH = "patch";
  private static final String KIND = "kind";

  static final String TITLE = "title";

  /** A word of every title. */
  static final String WORD = "common";

  /** Attributes that the schema gains on the way. */
  static final List<String> MORE =
      IntStream.rangeClosed(1, 16).mapToObj(number -> "m" + number).toList();

  static final Schema SCHEMA = schema();

  private Documents() {}

  private static Schema schema() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put(WRITE, Attribute.of(AttributeType.INT));
    attributes.put(PATCH, Attribute.of(AttributeType.INT));
    attributes.put(KIND, Attribute.indexed(AttributeType.INT));
    attributes.put(TITLE, Attribute.fullText(TextAnalysis.DEFAULT));
    return new Schema(List.of(new VectorField(Schema.VECTOR, 2, Metric.L2)), attributes);
  }

  static DocId id(Random random) {
    return DocId.of(random.nextInt(IDS));
  }

  /** None, or one kind. */
  static Optional<Filter> filter(Random random) {
    return random.nextInt(3) == 0 ? Optional.of(ofOneKind(random)) : Optional.empty();
  }

  private static Filter ofOneKind(Random random) {
    return Filter.of(KIND, Operator.EQUAL, new Value.Int(random.nextInt(KINDS)));
  }

  /**
   * What the next write does.
   *
   * @param number of the write
   * @param more attributes besides those of {@link #SCHEMA} that are declared
   */
  static List<WriteOp> operations(Random random, long number, Set<String> more) {
    List<WriteOp> operations = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      DocId id = id(random);
      int dice = random.nextInt(20);
      if (dice < 11) {
        operations.add(new WriteOp.Upsert(document(random, id, number, more)));
      } else if (dice < 14) {
        operations.add(
            new WriteOp.PatchOrCreate(
                id, Map.of(), Map.of(PATCH, Value.of(number), KIND, Given.Other.NULL)));
      } else if (dice < 19) {
        operations.add(new WriteOp.Delete(id));
      } else {
        operations.add(new WriteOp.DeleteMatching(ofOneKind(random)));
      }
    }
    return operations;
  }

  private static Document document(Random random, DocId id, long number, Set<String> more) {
    Map<String, Value> attributes = new HashMap<>();
    attributes.put(WRITE, Value.of(number));
    attributes.put(KIND, Value.of((long) random.nextInt(KINDS)));
    attributes.put(TITLE, Value.of(WORD + " w" + number));
    more.forEach(name -> attributes.put(name, Value.of(number)));
    return new Document(id, Map.of(Schema.VECTOR, new float[] {number, 1}), attributes);
  }
}
