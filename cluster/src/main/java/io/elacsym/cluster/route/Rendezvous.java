package io.elacsym.cluster.route;

import io.elacsym.cluster.member.Member;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Ranks nodes for a name, so that all who know the same nodes rank them alike, and that a node
 * which comes or goes changes the first place of its own share of names only: rendezvous hashing
 * (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998).
 */
public final class Rendezvous {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Rendezvous() {}

  /** The nodes, the first one for this name at the front. */
  public static List<Member> rank(String name, Collection<Member> nodes) {
    return nodes.stream()
        .sorted(
            Comparator.comparingLong((Member node) -> weight(name, node.id()))
                .reversed()
                .thenComparing(Member::id))
        .toList();
  }

  /** Sixty-four bits that depend on every bit of both, without their order in any. */
  private static long weight(String name, String node) {
    return mixed(hash(name) ^ mixed(hash(node)));
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
