package io.elacsym.cluster.route;

import io.elacsym.cluster.member.Member;
import io.elacsym.engine.settings.Leaves.Share;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each segment of a large namespace to the query node that is first for it. A segment is
 * immutable, so whoever has searched it once has it in its caches, whichever node is asked next
 * time; and a node that comes or goes moves its own share only.
 */
final class SegmentSplit {
  private SegmentSplit() {}

  /**
   * Who searches which segment, by the id of the segment.
   *
   * @param segments all segments of a namespace
   * @param nodes that answer queries now
   * @param splitBytes how large a namespace one node searches alone
   * @return empty when the node that was asked should search all of them itself
   */
  static Map<String, Member> of(List<Share> segments, Collection<Member> nodes, long splitBytes) {
    long bytes = segments.stream().mapToLong(Share::bytes).sum();
    if (bytes <= splitBytes || nodes.size() < 2) {
      return Map.of();
    }
    Map<String, Member> split = new HashMap<>();
    for (Share share : segments) {
      Rendezvous.first(share.segment(), nodes).ifPresent(node -> split.put(share.segment(), node));
    }
    return split;
  }
}
