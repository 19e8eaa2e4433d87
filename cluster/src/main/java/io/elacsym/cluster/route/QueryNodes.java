package io.elacsym.cluster.route;

import io.elacsym.cluster.member.Member;
import io.elacsym.cluster.member.MemberView;
import io.elacsym.cluster.member.Membership;
import io.elacsym.cluster.member.Peers;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.engine.settings.Leaves;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The query nodes, as those who search large namespaces together. Which of them searches a segment
 * is a hint like all of routing. Safe for use by many threads.
 */
public final class QueryNodes implements Leaves {
  private final Membership membership;

  /** This node among the others; nothing is sent to its address. */
  private final Member me;

  private final long splitBytes;
  private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
  private volatile Optional<Peers> peers = Optional.empty();

  public QueryNodes(ClusterSettings settings, Membership membership) {
    this.membership = membership;
    this.me =
        new Member(settings.node().id(), URI.create("http://localhost"), settings.node().role());
    this.splitBytes = settings.splitBytes();
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  /** From now on the others can be reached. */
  public void reach(Peers others) {
    peers = Optional.of(others);
  }

  /** How many questions to other nodes have had an outcome so far. */
  public long count(Outcome outcome) {
    return adder(outcome).sum();
  }

  private LongAdder adder(Outcome outcome) {
    return Objects.requireNonNull(outcomes.get(outcome));
  }

  @Override
  public Map<String, Leaf> of(String namespace, List<Share> segments) {
    Optional<Peers> others = peers;
    if (others.isEmpty()) {
      return Map.of();
    }
    Map<String, Leaf> leaves = new HashMap<>();
    SegmentSplit.of(segments, nodes(), splitBytes)
        .forEach((segment, node) -> {
          if (!node.id().equals(me.id())) {
            leaves.put(segment, new Node(others.get(), node, namespace));
          }
        });
    return leaves;
  }

  private List<Member> nodes() {
    List<Member> nodes = new ArrayList<>();
    for (MemberView view : membership.others()) {
      if (view.state().takesRequests() && view.member().role().answersQueries()) {
        nodes.add(view.member());
      }
    }
    if (me.role().answersQueries()) {
      nodes.add(me);
    }
    return nodes;
  }

  /** Another query node, asked about segments of one namespace. */
  private final class Node implements Leaf {
    private final Peers peers;
    private final Member member;
    private final String namespace;

    Node(Peers peers, Member member, String namespace) {
      this.peers = peers;
      this.member = member;
      this.namespace = namespace;
    }

    @Override
    public String name() {
      return member.id();
    }

    @Override
    public byte[] ask(byte[] question, Duration atMost) throws IOException, InterruptedException {
      try {
        return peers.search(member.url(), namespace, question, atMost);
      } catch (ConnectException e) {
        membership.unreachable(member, String.valueOf(e.getMessage()));
        throw e;
      }
    }

    @Override
    public void became(Outcome outcome) {
      adder(outcome).increment();
    }
  }
}
