package io.elacsym.cluster.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.settings.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  private static final int NODES = 100;
  private static final int NAMESPACES = 10_000;

  private static Member node(int number) {
    return new Member("indexer-" + number, URI.create("http://i" + number), Role.INDEXER);
  }

  private static List<Member> nodes(int count) {
    return IntStream.range(0, count).mapToObj(RendezvousTest::node).toList();
  }

  private static List<String> firsts(List<Member> nodes) {
    return IntStream.range(0, NAMESPACES)
        .mapToObj(i -> Rendezvous.rank("namespace-" + i, nodes).getFirst().id())
        .toList();
  }

  private static long moved(List<String> before, List<String> after) {
    return IntStream.range(0, NAMESPACES).filter(i -> !before.get(i).equals(after.get(i))).count();
  }

  @Test
  void namespacesAreSpreadEvenly() {
    Map<String, Integer> counts = new HashMap<>();
    firsts(nodes(NODES)).forEach(id -> counts.merge(id, 1, Integer::sum));
    assertThat(counts).hasSize(NODES);
    int most = counts.values().stream().max(Integer::compareTo).orElseThrow();
    int least = counts.values().stream().min(Integer::compareTo).orElseThrow();
    System.out.println("rendezvous: 10,000 names over 100 nodes, " + least + " to " + most);
    // A binomial share of 100 has a standard deviation of 10: five of them either way.
    assertThat(most).isLessThan(150);
    assertThat(least).isGreaterThan(50);
  }

  @Test
  void aNodeThatComesTakesItsShareAndNothingElseMoves() {
    List<String> before = firsts(nodes(NODES));
    List<String> after = firsts(nodes(NODES + 1));
    long moved = moved(before, after);
    System.out.println("rendezvous: a 101st node moves " + moved + " of 10,000");
    assertThat(moved).isLessThanOrEqualTo((long) (1.2 * NAMESPACES / NODES)).isPositive();
    for (int i = 0; i < NAMESPACES; i++) {
      if (!before.get(i).equals(after.get(i))) {
        assertThat(after.get(i)).isEqualTo("indexer-" + NODES);
      }
    }
  }

  @Test
  void aNodeThatLeavesGivesItsShareAndNothingElseMoves() {
    List<String> before = firsts(nodes(NODES));
    List<Member> rest = new ArrayList<>(nodes(NODES));
    Member gone = rest.remove(37);
    List<String> after = firsts(rest);
    long moved = moved(before, after);
    System.out.println("rendezvous: one of 100 nodes leaves " + moved + " of 10,000");
    assertThat(moved).isEqualTo(before.stream().filter(gone.id()::equals).count());
    assertThat(moved).isLessThanOrEqualTo((long) (1.2 * NAMESPACES / NODES));
  }

  @Test
  void theOrderInWhichNodesAreKnownDoesNotMatter() {
    List<Member> nodes = nodes(7);
    assertThat(Rendezvous.rank("docs", nodes.reversed())).isEqualTo(Rendezvous.rank("docs", nodes));
  }

  @Test
  void theRankIsFixedForEver() {
    // Nodes of two versions of the program must agree: another hash would move everything twice.
    assertThat(Rendezvous.rank("docs", nodes(5)).stream().map(Member::id))
        .containsExactlyElementsOf(PINNED);
  }

  private static final List<String> PINNED =
      List.of("indexer-0", "indexer-4", "indexer-3", "indexer-1", "indexer-2");
}
