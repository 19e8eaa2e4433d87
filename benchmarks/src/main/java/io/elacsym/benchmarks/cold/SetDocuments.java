package io.elacsym.benchmarks.cold;

import io.elacsym.api.index.VectorField;
import io.elacsym.benchmarks.measure.Progress;
import io.elacsym.benchmarks.sets.VectorSet;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The vectors of a set, with a number from 0 to 999 beside each.
 *
 * @param set of any size
 */
record SetDocuments(VectorSet set) implements ColdData {
  private static final String SHARD = "shard";
  private static final int SHARDS = 1000;
  private static final int TOP_K = 10;
  private static final int BATCH = 1000;

  @Override
  public String description() {
    return set.name() + ", " + set.dimension() + " dimensions";
  }

  @Override
  public Schema schema() {
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put(SHARD, new Attribute(AttributeType.INT, true, Optional.empty()));
    return new Schema(
        List.of(new VectorField(Schema.VECTOR, set.dimension(), set.metric())), attributes);
  }

  @Override
  public void writeTo(Namespace namespace) {
    Progress progress = new Progress(System.err, "documents", set.count());
    for (int from = 0; from < set.count(); from += BATCH) {
      List<WriteOp> batch = new ArrayList<>(BATCH);
      for (int item = from; item < Math.min(set.count(), from + BATCH); item++) {
        batch.add(
            new WriteOp.Upsert(
                new Document(
                    DocId.of(item),
                    Map.of(Schema.VECTOR, set.vectors().get(item)),
                    Map.of(SHARD, new Value.Int(item % SHARDS)))));
      }
      namespace.write(new WriteRequest(batch));
      progress.add(batch.size());
    }
    namespace.compact();
  }

  @Override
  public SequencedMap<String, List<QueryRequest>> queries() {
    SequencedMap<String, List<QueryRequest>> kinds = new LinkedHashMap<>();
    kinds.put("vector", requests(Optional.empty()));
    Filter tenth = Filter.of(SHARD, Operator.LESS, new Value.Int(SHARDS / 10));
    kinds.put("vector, filtered (10 %)", requests(Optional.of(tenth)));
    Filter few = Filter.of(SHARD, Operator.LESS, new Value.Int(SHARDS / 100));
    kinds.put("vector, filtered (1 %)", requests(Optional.of(few)));
    return kinds;
  }

  private List<QueryRequest> requests(Optional<Filter> filter) {
    return set.queries().stream()
        .map(vector ->
            QueryRequest.of(Ranking.Nearest.of(Schema.VECTOR, vector))
                .withFilter(filter)
                .withTopK(TOP_K))
        .toList();
  }
}
