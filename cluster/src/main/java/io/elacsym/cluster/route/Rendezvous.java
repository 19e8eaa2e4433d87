package io.elacsym.cluster.route;

import io.elacsym.cluster.member.Member;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ranks nodes for a name, so that all who know the same nodes rank them alike, and that a node
 * which comes or goes changes the first place of its own share of names only: rendezvous hashing
 * (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998).
 */
public final class Rendezvous {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private static final Comparator<Weighted> BEST_FIRST =
      Comparator.comparingLong(Weighted::weight)
          .reversed()
          .thenComparing(weighted -> weighted.node().id());

  private Rendezvous() {}

  /** The nodes, the first one for this name at the front. */
  public static List<Member> rank(String name, Collection<Member> nodes) {
    return weighted(name, nodes).sorted(BEST_FIRST).map(Weighted::node).toList();
  }

  /** The first one for this name; empty where there are no nodes. */
  public static Optional<Member> first(String name, Collection<Member> nodes) {
    return weighted(name, nodes).min(BEST_FIRST).map(Weighted::node);
  }

  private record Weighted(Member node, long weight) {}

  private static Stream<Weighted> weighted(String name, Collection<Member> nodes) {
    long hash = hash(name);
    // Sixty-four bits that depend on every bit of both, without their order in any.
    return nodes.stream().map(node -> new Weighted(node, mixed(hash ^ mixed(hash(node.id())))));
  }

  /** FNV-1a of a text's bytes. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
