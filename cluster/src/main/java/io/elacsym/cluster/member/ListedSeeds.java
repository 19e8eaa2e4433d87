package io.elacsym.cluster.member;

import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.NodeEntry;
import io.elacsym.cluster.settings.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What the lists of the configuration name. */
final class ListedSeeds implements Seeds {
  /** The lists do not change while a node runs. */
  private static final Duration NEVER = Duration.ofDays(365);

  private final List<Seed> seeds;

  ListedSeeds(ClusterSettings settings) {
    this.seeds =
        each(settings, (entry, role) -> new Seed(entry.name(), entry.url(settings.address()), role))
            .stream()
            .filter(seed -> !seed.name().equals(settings.node().id()))
            .toList();
  }

  /** Goes over the entries of both lists; one that is in both is a node that does both. */
  static <T> List<T> each(ClusterSettings settings, BiFunction<NodeEntry, Role, T> action) {
    Map<NodeEntry, Role> roles = new LinkedHashMap<>();
    settings.indexers().forEach(entry -> roles.put(entry, Role.INDEXER));
    settings.queryNodes().forEach(entry -> roles.merge(entry, Role.QUERY, (a, b) -> Role.BOTH));
    List<T> results = new ArrayList<>();
    roles.forEach((entry, role) -> results.add(action.apply(entry, role)));
    return results;
  }

  @Override
  public Duration period() {
    return NEVER;
  }

  @Override
  public List<Seed> look() {
    return seeds;
  }
}
