package io.elacsym.cluster.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.settings.Role;
import io.elacsym.engine.settings.Leaves.Share;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentSplitTest {
  private static final long LIMIT = 1_000_000;

  private static Member node(int number) {
    return new Member("query-" + number, URI.create("http://query-" + number), Role.QUERY);
  }

  private static List<Member> nodes(int count) {
    return IntStream.range(0, count).mapToObj(SegmentSplitTest::node).toList();
  }

  private static List<Share> segments(int count, long bytes) {
    return IntStream.range(0, count)
        .mapToObj(number -> new Share("%016x".formatted(number * 0x9e3779b97f4a7c15L), bytes))
        .toList();
  }

  @Test
  void aNamespaceThatIsSmallOrHasOneNodeIsNotSplit() {
    assertThat(SegmentSplit.of(segments(10, LIMIT / 10), nodes(5), LIMIT)).isEmpty();
    assertThat(SegmentSplit.of(segments(10, LIMIT), nodes(1), LIMIT)).isEmpty();
    assertThat(SegmentSplit.of(segments(10, LIMIT), nodes(0), LIMIT)).isEmpty();
    assertThat(SegmentSplit.of(List.of(), nodes(5), 0)).isEmpty();
  }

  @Test
  void allWhoKnowTheSameNodesSplitAlike() {
    List<Share> segments = segments(100, LIMIT);
    Map<String, Member> split = SegmentSplit.of(segments, nodes(4), LIMIT);
    assertThat(split).hasSize(100);
    assertThat(SegmentSplit.of(segments.reversed(), nodes(4).reversed(), LIMIT)).isEqualTo(split);
  }

  @Test
  void everyNodeHasItsShare() {
    Map<String, Member> split = SegmentSplit.of(segments(4_000, LIMIT), nodes(4), LIMIT);
    assertThat(nodes(4))
        .allSatisfy(
            node -> assertThat(Collections.frequency(split.values(), node)).isBetween(850, 1_150));
  }

  @Test
  void aNodeThatGoesMovesItsOwnSegmentsOnly() {
    List<Share> segments = segments(1_000, LIMIT);
    Map<String, Member> before = SegmentSplit.of(segments, nodes(4), LIMIT);
    Map<String, Member> after = SegmentSplit.of(segments, nodes(3), LIMIT);
    before.forEach((segment, node) -> {
      if (!node.equals(node(3))) {
        assertThat(after).containsEntry(segment, node);
      }
    });
  }
}
