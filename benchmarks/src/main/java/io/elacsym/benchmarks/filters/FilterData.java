package io.elacsym.benchmarks.filters;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;

/**
 * Generated documents, of which each filter matches a known share. Each attribute is there twice,
 * with an index and without:
 *
 * <ul>
 *   <li>{@code number}: every whole number below the count, in no order;
 *   <li>{@code time}: a second later from one document to the next, so neighbours are alike;
 *   <li>{@code label}: one of some dozens of words, as often as the share of the filter that asks
 *       for it;
 *   <li>{@code place}: a point anywhere between two meridians, where equal heights are equal
 *       shares.
 * </ul>
 */
final class FilterData {
  /** The shares of documents that filters match. */
  static final List<Double> SHARES = List.of(0.5, 0.1, 0.01, 0.001);

  private static final String INDEXED = "indexed_";
  private static final int BATCH = 1_000;
  private static final int ROWS_BETWEEN_FLUSHES = 50 * BATCH;
  private static final long FIRST_SECOND = 1_700_000_000_000L;

  private final int count;
  private final int dimension;

  FilterData(int count, int dimension) {
    this.count = count;
    this.dimension = dimension;
  }

  Schema schema() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    Map.of(
            "number", AttributeType.INT,
            "time", AttributeType.DATETIME,
            "label", AttributeType.STRING,
            "place", AttributeType.of(ElementType.GEO))
        .forEach((name, type) -> {
          attributes.put(name, Attribute.of(type));
          attributes.put(INDEXED + name, Attribute.indexed(type));
        });
    return new Schema(
        List.of(new VectorField(Schema.VECTOR, dimension, Metric.COSINE)), attributes);
  }

  void writeTo(Namespace namespace) {
    Random random = new Random(42);
    int[] numbers = shuffled(random);
    for (int from = 0; from < count; from += BATCH) {
      List<WriteOp> batch = new ArrayList<>(BATCH);
      for (int row = from; row < Math.min(count, from + BATCH); row++) {
        Map<String, Value> attributes = new HashMap<>();
        put(attributes, "number", new Value.Int(numbers[row]));
        put(attributes, "time", time(row));
        put(attributes, "label", new Value.Text(label(random.nextDouble(), random)));
        put(attributes, "place", new Value.Geo(height(random.nextDouble()), random.nextInt(1_000)));
        batch.add(
            new WriteOp.Upsert(
                new Document(DocId.of(row), Map.of(Schema.VECTOR, vector(random)), attributes)));
      }
      namespace.write(new WriteRequest(batch));
      // What is written faster than it is flushed would be refused at some point.
      if ((from + BATCH) % ROWS_BETWEEN_FLUSHES == 0) {
        namespace.flush();
      }
    }
    namespace.compact();
  }

  private static void put(Map<String, Value> attributes, String name, Value value) {
    attributes.put(name, value);
    attributes.put(INDEXED + name, value);
  }

  private int[] shuffled(Random random) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      numbers[i] = numbers[other];
      numbers[other] = i;
    }
    return numbers;
  }

  private static Value.DateTime time(long second) {
    return new Value.DateTime(FIRST_SECOND + 1_000 * second);
  }

  /** The attribute with the words. */
  static String label(boolean indexed) {
    return (indexed ? INDEXED : "") + "label";
  }

  private static String label(double dice, Random random) {
    double passed = 0;
    for (double share : SHARES) {
      passed += share;
      if (dice < passed) {
        return label(share);
      }
    }
    return "other " + random.nextInt(50);
  }

  private static String label(double share) {
    return "one of " + Math.round(1 / share);
  }

  private static int height(double share) {
    return (int) (share * Value.Geo.MAX_LATITUDE);
  }

  float[] vector(Random random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  /** For each attribute the filter that matches a share of the documents. */
  SequencedMap<String, Filter> filters(double share, boolean indexed) {
    String prefix = indexed ? INDEXED : "";
    SequencedMap<String, Filter> filters = new LinkedHashMap<>();
    filters.put(
        "number range",
        Filter.of(prefix + "number", Operator.LESS, new Value.Int(Math.round(share * count))));
    filters.put(
        "time range", Filter.of(prefix + "time", Operator.LESS, time(Math.round(share * count))));
    filters.put("label", Filter.of(prefix + "label", Operator.EQUAL, new Value.Text(label(share))));
    SequencedMap<String, Given> box = new LinkedHashMap<>();
    box.put("south", new Value.Real(0));
    box.put("north", new Value.Real(share * 90));
    box.put("west", new Value.Real(0));
    box.put("east", new Value.Real(1));
    filters.put("geo box", Filter.of(prefix + "place", Operator.GEO_BOX, new Given.Members(box)));
    return filters;
  }
}
