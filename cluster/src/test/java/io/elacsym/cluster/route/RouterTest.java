package io.elacsym.cluster.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.member.MemberWatch;
import io.elacsym.cluster.member.Membership;
import io.elacsym.cluster.member.NoBoard;
import io.elacsym.cluster.member.NodeReport;
import io.elacsym.cluster.member.Peers;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.Role;
import io.elacsym.engine.model.WrittenElsewhere;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.Succession.Verdict;
import io.elacsym.engine.settings.TaskRunner;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One router among nodes that a test lets live, hang and die. */
class RouterTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private final Set<String> dead = new HashSet<>();
  private final Set<String> leaving = new HashSet<>();
  private final Map<String, Integer> load = new HashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private Optional<String> writer = Optional.empty();
  private final List<String> sent = new ArrayList<>();
  private final Map<String, Outcome<String>> answers = new HashMap<>();

  private Membership membership =
      new Membership(new ClusterSettings.Self("unused", Role.BOTH), "0", () -> now);
  private ByHand tasks = new ByHand();

  /** Runs what is started at once, but for the endless loop, which the test takes step by step. */
  private static final class ByHand implements TaskRunner {
    private Optional<Runnable> loop = Optional.empty();

    @Override
    public void start(String name, Runnable task) {
      if (name.equals("elacsym-members")) {
        loop = Optional.of(task);
      } else {
        task.run();
      }
    }

    /** Ends the loop after one turn. */
    @Override
    public void sleep(Duration time) throws InterruptedException {
      throw new InterruptedException("one turn is enough");
    }
  }

  private final Peers peers =
      new Peers() {
        @Override
        public NodeReport ask(URI url) throws IOException {
          String id = url.getHost();
          if (dead.contains(id)) {
            throw new IOException("down");
          }
          return new NodeReport(
              id,
              "run of " + id,
              roles.getOrDefault(id, Role.INDEXER),
              "1",
              START,
              now,
              leaving.contains(id),
              load.getOrDefault(id, 0),
              0,
              "s");
        }

        @Override
        public byte[] search(URI url, String namespace, byte[] question, Duration atMost)
            throws IOException {
          throw new IOException("nobody is asked about segments here");
        }

        @Override
        public List<String> resolve(String host) {
          return List.of(host);
        }
      };

  private Router router(String id, Role role, String indexers, String queryNodes) {
    Map<String, String> values = new HashMap<>();
    values.put("enabled", "true");
    values.put("node_id", id);
    values.put("role", role.id());
    values.put("indexer_cluster.nodes", indexers);
    values.put("query_cluster.nodes", queryNodes);
    for (String query : queryNodes.split(",")) {
      roles.put(query, Role.QUERY);
    }
    ClusterSettings settings = ClusterSettings.of(values).orElseThrow();
    Seams real = Seams.real();
    Seams seams = new Seams(() -> now, real.ids(), 1, tasks);
    membership = new Membership(settings.node(), "own run", seams.clock());
    MemberWatch watch = new MemberWatch(settings, membership, "s", peers, new NoBoard(), seams);
    watch.start();
    look();
    return new Router(settings, membership, seams.clock());
  }

  /** Lets time pass until everybody was asked twice. */
  private void look() {
    for (int turn = 0; turn < 3; turn++) {
      now = now.plusSeconds(6);
      tasks.loop.orElseThrow().run();
      Thread.interrupted(); // the loop ends by an interrupt, which is not meant for the test
    }
  }

  private final class Recorded implements Errand<String> {
    @Override
    public String here() {
      sent.add("here");
      return "here";
    }

    @Override
    public Outcome<String> send(Member node, boolean insist) {
      sent.add(node.id() + (insist ? "!" : ""));
      return answers.getOrDefault(node.id(), new Outcome.Answered<>("by " + node.id()));
    }

    @Override
    public Optional<String> recordedWriter() {
      return writer;
    }

    @Override
    public boolean canSendAgain() {
      return true;
    }
  }

  private String change(Router router, Arrival arrival) {
    sent.clear();
    return router.change("docs", arrival, new Recorded());
  }

  private String read(Router router, Arrival arrival) {
    sent.clear();
    return router.read("docs", arrival, new Recorded());
  }

  /** The indexers in the order of their rank for the namespace of these tests. */
  private static List<String> ranked(String... ids) {
    List<Member> nodes = new ArrayList<>();
    for (String id : ids) {
      nodes.add(new Member(id, URI.create("http://" + id), Role.INDEXER));
    }
    return Rendezvous.rank("docs", nodes).stream().map(Member::id).toList();
  }

  private static final List<String> RANK = ranked("i0", "i1", "i2");

  @Test
  void aQueryNodeSendsChangesToTheFirstByRank() {
    Router router = router("q0", Role.QUERY, "i0,i1,i2", "q0");
    assertThat(change(router, Arrival.FROM_CLIENT)).isEqualTo("by " + RANK.getFirst());
    assertThat(sent).containsExactly(RANK.getFirst());
  }

  @Test
  void whoHasWrittenLastIsAskedFirst() {
    Router router = router("q0", Role.QUERY, "i0,i1,i2", "q0");
    answers.put(
        RANK.get(0), new Outcome.NotDone<>(Optional.of(RANK.get(2)), false, "another writes"));
    assertThat(change(router, Arrival.FROM_CLIENT)).isEqualTo("by " + RANK.get(2));
    assertThat(sent).containsExactly(RANK.get(0), RANK.get(2) + "!");
    change(router, Arrival.FROM_CLIENT);
    assertThat(sent).containsExactly(RANK.get(2));
  }

  @Test
  void oneThatCannotBeReachedIsSkippedAndSuspected() {
    Router router = router("q0", Role.QUERY, "i0,i1,i2", "q0");
    answers.put(RANK.get(0), new Outcome.NotDone<>(Optional.empty(), true, "refused"));
    assertThat(change(router, Arrival.FROM_CLIENT)).isEqualTo("by " + RANK.get(1));
    assertThat(sent).containsExactly(RANK.get(0), RANK.get(1) + "!");
    assertThat(membership.live()).extracting(Member::id).doesNotContain(RANK.get(0));
  }

  @Test
  void whoNamesANodeThatIsNotKnownHereIsInsistedOn() {
    Router router = router("q0", Role.QUERY, "i0", "q0");
    answers.put("i0", new Outcome.NotDone<>(Optional.of("i7"), false, "i7 writes"));
    assertThatThrownBy(() -> change(router, Arrival.FROM_CLIENT)).hasMessageContaining("i7 writes");
    assertThat(sent).containsExactly("i0", "i0!");
  }

  @Test
  void whereTheWriterHasJustDiedAndThereIsNobodyElseThisNodeServes() {
    List<String> two = ranked("i0", "i1");
    Router router = router(two.get(0), Role.INDEXER, "i0,i1", "");
    writer = Optional.of(two.get(1));
    answers.put(two.get(1), new Outcome.NotDone<>(Optional.empty(), true, "refused"));
    assertThat(change(router, Arrival.FROM_CLIENT)).isEqualTo("here");
    assertThat(sent).containsExactly(two.get(1) + "!", "here");
    assertThat(router.mayTakeOver("docs", writer)).isEqualTo(new Verdict.Yes());
  }

  @Test
  void aChangeInDoubtIsNotSentToAnyoneElse() {
    Router router = router("q0", Role.QUERY, "i0,i1,i2", "q0");
    answers.put(RANK.get(0), new Outcome.InDoubt<>("no answer"));
    assertThatThrownBy(() -> change(router, Arrival.FROM_CLIENT))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining("it may have");
    assertThat(sent).containsExactly(RANK.get(0));
  }

  @Test
  void aDeadNodeIsNotAskedAndADeadWriterIsSucceeded() {
    dead.add(RANK.get(0));
    Router router = router(RANK.get(1), Role.INDEXER, "i0,i1,i2", "");
    writer = Optional.of(RANK.get(0));
    assertThat(change(router, Arrival.FROM_CLIENT)).isEqualTo("here");
    assertThat(router.mayTakeOver("docs", writer)).isEqualTo(new Verdict.Yes());
  }

  @Test
  void aLiveWriterIsPreferredToRank() {
    Router router = router(RANK.get(0), Role.INDEXER, "i0,i1,i2", "");
    writer = Optional.of(RANK.get(2));
    assertThat(change(router, Arrival.FROM_CLIENT)).isEqualTo("by " + RANK.get(2));
    assertThat(sent).containsExactly(RANK.get(2) + "!");
    assertThat(router.mayTakeOver("docs", writer))
        .isEqualTo(new Verdict.No(Optional.of(RANK.get(2))));
    assertThat(router.rightful(List.of("docs"))).as("nobody else should").isEmpty();
  }

  @Test
  void whatWasForwardedIsNeverForwardedButSentBackOnce() {
    Router router = router(RANK.get(1), Role.INDEXER, "i0,i1,i2", "");
    writer = Optional.of(RANK.get(2));
    assertThatThrownBy(() -> change(router, Arrival.FORWARDED))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e ->
                assertThat(WrittenElsewhere.in(e).flatMap(WrittenElsewhere::node))
                    .contains(RANK.get(2)));
    assertThat(sent).isEmpty();
    assertThat(change(router, Arrival.INSISTED)).isEqualTo("here");
    assertThat(router.mayTakeOver("docs", writer)).isEqualTo(new Verdict.Yes());
    now = now.plusSeconds(11);
    assertThat(router.mayTakeOver("docs", writer)).isInstanceOf(Verdict.No.class);
  }

  @Test
  void aQueryNodeNeverTakesOver() {
    Router router = router("q0", Role.QUERY, "i0,i1,i2", "q0");
    assertThat(router.mayTakeOver("docs", Optional.empty()))
        .isEqualTo(new Verdict.No(Optional.of(RANK.get(0))));
  }

  @Test
  void whatWasGivenAwayIsLeftAlone() {
    Router router = router(RANK.get(1), Role.INDEXER, "i0,i1,i2", "");
    writer = Optional.of(RANK.get(1));
    Member rightful = router.rightful(List.of("docs")).values().iterator().next();
    assertThat(rightful.id()).isEqualTo(RANK.get(0));
    router.give("docs", rightful);
    assertThat(router.mayTakeOver("docs", writer))
        .isEqualTo(new Verdict.No(Optional.of(RANK.get(0))));
    dead.add(RANK.get(0));
    look();
    assertThat(router.mayTakeOver("docs", writer)).as("it has died").isEqualTo(new Verdict.Yes());
  }

  @Test
  void aNodeThatLeavesGivesEverythingToOthersIfThereAreAny() {
    Router router = router(RANK.get(0), Role.INDEXER, "i0,i1,i2", "");
    writer = Optional.of(RANK.get(0));
    assertThat(router.rightful(List.of("docs"))).isEmpty();
    membership.leave();
    assertThat(router.rightful(List.of("docs")).values())
        .extracting(Member::id)
        .containsExactly(RANK.get(1));
    assertThatThrownBy(() -> change(router, Arrival.FORWARDED))
        .isInstanceOf(ElacsymException.class);
    dead.add(RANK.get(1));
    dead.add(RANK.get(2));
    look();
    assertThat(change(router, Arrival.FORWARDED)).as("the last one serves").isEqualTo("here");
  }

  @Test
  void readsGoToTheReplicaWithLeastToDo() {
    load.put("q0", 9);
    load.put("q1", 9);
    Router router = router("i0", Role.INDEXER, "i0,i1", "q0,q1,q2");
    List<String> replicas = ranked("q0", "q1", "q2").subList(0, 2);
    load.put(replicas.get(0), 5);
    load.put(replicas.get(1), 2);
    look();
    assertThat(read(router, Arrival.FROM_CLIENT)).isEqualTo("by " + replicas.get(1));
    load.put(replicas.get(0), 1);
    look();
    assertThat(read(router, Arrival.FROM_CLIENT)).isEqualTo("by " + replicas.get(0));
  }

  @Test
  void aReadIsAnsweredByWhoeverCan() {
    Router router = router("i0", Role.INDEXER, "i0,i1", "q0,q1");
    answers.put("q0", new Outcome.InDoubt<>("hangs"));
    answers.put("q1", new Outcome.NotDone<>(Optional.empty(), true, "refused"));
    assertThat(read(router, Arrival.FROM_CLIENT)).isEqualTo("here");
    assertThat(sent).hasSize(3).contains("q0!", "q1!", "here");
  }

  @Test
  void withoutQueryNodesTheWriterAnswers() {
    Router router = router(RANK.get(1), Role.INDEXER, "i0,i1,i2", "");
    assertThat(read(router, Arrival.FROM_CLIENT)).isEqualTo("by " + RANK.get(0));
    assertThat(read(router, Arrival.FORWARDED)).isEqualTo("here");
  }

  @Test
  void aNodeThatLeavesGetsNothingNew() {
    leaving.add(RANK.get(0));
    Router router = router("q0", Role.QUERY, "i0,i1,i2", "q0");
    assertThat(change(router, Arrival.FROM_CLIENT)).isEqualTo("by " + RANK.get(1));
  }

  @Test
  void whereNobodyWritesTheErrorSaysSo() {
    dead.addAll(List.of("i0", "i1", "i2"));
    Router router = router("q0", Role.QUERY, "i0,i1,i2", "q0");
    assertThatThrownBy(() -> change(router, Arrival.FROM_CLIENT))
        .hasMessageContaining("no node that writes answers");
  }
}
