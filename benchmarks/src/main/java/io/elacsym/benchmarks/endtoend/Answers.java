package io.elacsym.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.benchmarks.data.Dataset;
import io.elacsym.benchmarks.data.Query;
import io.elacsym.benchmarks.measure.Truth;
import io.elacsym.benchmarks.server.Client;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares answers of the server with the truth. */
final class Answers {
  private final Dataset data;
  private final Map<Long, Integer> items = new HashMap<>();

  Answers(Dataset data) {
    this.data = data;
    for (int i = 0; i < data.count(); i++) {
      items.put(data.ids()[i], i);
    }
  }

  /**
   * The mean recall over all queries.
   *
   * @param bodies the answers to {@code queries}, in their order
   */
  double recall(List<byte[]> bodies, List<Query> queries, Truth truth) {
    double sum = 0;
    for (int q = 0; q < queries.size(); q++) {
      JsonNode results = Client.tree(bodies.get(q)).path("results");
      float[] cosines = new float[results.size()];
      for (int i = 0; i < cosines.length; i++) {
        Integer item = items.get(results.get(i).path("id").asLong());
        if (item == null) {
          throw new IllegalStateException("unknown document in " + results.get(i));
        }
        cosines[i] = data.vectors().dot(queries.get(q).vector(), item);
      }
      sum += truth.recall(q, cosines);
    }
    return sum / queries.size();
  }
}
