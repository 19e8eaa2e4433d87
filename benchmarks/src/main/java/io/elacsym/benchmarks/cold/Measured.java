package io.elacsym.benchmarks.cold;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.engine.model.QueryCost;
import java.util.List;
import java.util.Locale;

/**
 * The same thing done several times.
 *
 * @param name what was asked
 * @param costs of each time
 * @param latencies of each time
 */
record Measured(String name, List<QueryCost> costs, Latencies latencies) {
  static Grid grid(String title) {
    return new Grid(title, "waves", "to open", "requests", "KB", "disk blocks", "p50 ms", "max ms");
  }

  void addTo(Grid grid) {
    grid.row(
        name,
        range(costs.stream().mapToLong(QueryCost::waves).toArray()),
        range(costs.stream().mapToLong(QueryCost::openWaves).toArray()),
        range(costs.stream().mapToLong(QueryCost::requests).toArray()),
        range(costs.stream().mapToLong(cost -> cost.bytes() / 1_000).toArray()),
        range(costs.stream().mapToLong(QueryCost::diskHits).toArray()),
        String.format(Locale.ROOT, "%.1f", latencies.millis(50)),
        String.format(Locale.ROOT, "%.1f", latencies.millis(100)));
  }

  /** Queries differ; where their costs do, both ends are told. */
  private static String range(long[] values) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (long value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return least == most
        ? String.format(Locale.ROOT, "%,d", least)
        : String.format(Locale.ROOT, "%,d-%,d", least, most);
  }

  void addTo(ObjectNode result) {
    result.put("p50_ms", latencies.millis(50)).put("max_ms", latencies.millis(100));
    for (QueryCost cost : costs) {
      result
          .withArrayProperty("costs")
          .addObject()
          .put("waves", cost.waves())
          .put("open_waves", cost.openWaves())
          .put("requests", cost.requests())
          .put("bytes", cost.bytes())
          .put("memory_hits", cost.memoryHits())
          .put("disk_hits", cost.diskHits());
    }
  }
}
