package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Explanation;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.settings.Leaves;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.Seed;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Segments that other processes search for the one that was asked. */
class LeafSearchTest {
  private static final int HISTORIES = 12;

  private final MemoryStorage storage = new MemoryStorage();
  private final List<Engine> engines = new ArrayList<>();
  private final List<Leaves.Outcome> outcomes = new ArrayList<>();

  @AfterEach
  void close() {
    engines.reversed().forEach(Engine::close);
  }

  @Test
  void aNodeWithLeavesAnswersAsOneWithoutWhateverBecomesOfItsQuestions() {
    LeafHistory history = new LeafHistory();
    long first = Seed.current();
    for (long seed = first; seed < first + HISTORIES; seed++) {
      assertThat(history.apply(seed)).as("seed %d", seed).isEmpty();
    }
    assertThat(history.outcomes())
        .containsOnlyKeys(Leaves.Outcome.values())
        .hasEntrySatisfying(
            Leaves.Outcome.ANSWERED, count -> assertThat(count).isGreaterThan(1_000));
  }

  private Engine open(Seams seams, Map<String, String> settings) {
    Engine engine = TestEngine.open(storage.attach(), settings, seams);
    engines.add(engine);
    return engine;
  }

  /** What one leaf does with each question. */
  @FunctionalInterface
  private interface Answering {
    byte[] ask(byte[] question) throws IOException, InterruptedException;
  }

  /** All segments are searched by one leaf. */
  private Seams asking(Answering leaf) {
    return Seams.real()
        .with((String namespace, List<Leaves.Share> segments) -> {
          Map<String, Leaves.Leaf> leaves = new HashMap<>();
          segments.forEach(share -> leaves.put(share.segment(), leaf(leaf)));
          return leaves;
        });
  }

  private Leaves.Leaf leaf(Answering answering) {
    return new Leaves.Leaf() {
      @Override
      public String name() {
        return "ada";
      }

      @Override
      public byte[] ask(byte[] question, Duration atMost) throws IOException, InterruptedException {
        return answering.ask(question);
      }

      @Override
      public void became(Leaves.Outcome outcome) {
        synchronized (outcomes) {
          outcomes.add(outcome);
        }
      }
    };
  }

  /** A writer, and a namespace of some segments of ten documents. */
  private Namespace filled(int segments) {
    Namespace namespace = open(Seams.real(), Map.of()).create("ns", TestEngine.schema());
    for (long from = 0; from < 10L * segments; from += 10) {
      namespace.write(
          TestEngine.upsert(
              LongStream.range(from, from + 10)
                  .mapToObj(id -> TestEngine.document(id, "title " + id))
                  .toArray(Document[]::new)));
      namespace.flush();
    }
    return namespace;
  }

  private static QueryRequest explained(Ranking ranking) {
    return QueryRequest.of(ranking).withTopK(3).withProjection(Projection.ALL).withExplain(true);
  }

  private static List<String> steps(QueryResult result) {
    return result
        .explanation()
        .orElseThrow()
        .plan()
        .all()
        .filter(node -> List.of("nearest", "text").contains(node.operation()))
        .flatMap(node -> node.inputs().stream())
        .filter(node -> node.operation().equals("part"))
        .map(Explanation.Node::what)
        .distinct()
        .toList();
  }

  private static List<String> ids(QueryResult result) {
    return result.hits().stream().map(hit -> hit.document().id().toString()).toList();
  }

  @Test
  void anExplanationSaysWhichLeafHasSearched() {
    filled(2);
    Engine leaf = open(Seams.real(), Map.of());
    Engine root = open(asking(question -> leaf.answerLeaf("ns", question)), Map.of());
    QueryResult nearest = root.query("ns", explained(TestEngine.nearest(0, 0)));
    assertThat(ids(nearest)).containsExactly("0", "1", "2");
    assertThat(steps(nearest)).containsExactly("plain index on vector (leaf ada)");
    QueryResult text = root.query("ns", explained(TestEngine.text("title", "title")));
    assertThat(steps(text)).containsExactly("text index on [title] (leaf ada)");
    assertThat(outcomes).containsOnly(Leaves.Outcome.ANSWERED);
  }

  @Test
  void whatALeafHasReadIsAPartOfTheCost() {
    filled(2);
    Engine leaf = open(Seams.real(), Map.of());
    Engine root = open(asking(question -> leaf.answerLeaf("ns", question)), Map.of());
    root.query("ns", explained(new Ranking.IdOrder()));
    long before = root.query("ns", explained(new Ranking.IdOrder())).cost().requests();
    assertThat(root.query("ns", explained(TestEngine.nearest(0, 0))).cost().requests())
        .isGreaterThan((int) before);
  }

  @Test
  void aLeafThatFailsIsAskedOnceInAQueryAndThenItsSegmentsAreSearchedHere() {
    filled(1);
    Engine root =
        open(
            asking(question -> {
              throw new IOException("no route");
            }),
            Map.of());
    QueryResult result = root.query("ns", explained(TestEngine.nearest(0, 0)));
    assertThat(ids(result)).containsExactly("0", "1", "2");
    assertThat(steps(result))
        .containsExactly("plain index on vector (leaf ada failed (no route), searched here)");
    assertThat(outcomes).containsExactly(Leaves.Outcome.FAILED);
  }

  @Test
  void aLeafThatDoesNotAnswerIsOvertakenAndGivenUp() throws InterruptedException {
    filled(1);
    CountDownLatch givenUp = new CountDownLatch(1);
    Engine root =
        open(
            asking(question -> {
              try {
                new CountDownLatch(1).await();
                throw new IOException("nobody counts it down");
              } finally {
                givenUp.countDown();
              }
            }),
            Map.of());
    QueryResult result = root.query("ns", explained(TestEngine.nearest(0, 0)));
    assertThat(ids(result)).containsExactly("0", "1", "2");
    assertThat(steps(result))
        .containsExactly("plain index on vector (leaf ada was slow, searched here)");
    assertThat(outcomes).containsExactly(Leaves.Outcome.SLOW);
    assertThat(givenUp.await(10, TimeUnit.SECONDS)).as("the question was given up").isTrue();
  }

  @Test
  void aQueryThatIsCancelledGivesUpWhatItWaitsFor() throws InterruptedException {
    filled(1);
    CountDownLatch givenUp = new CountDownLatch(1);
    Deadline deadline = Deadline.in(Duration.ofHours(1), System::nanoTime);
    Engine root =
        open(
            asking(question -> {
              deadline.cancel("the client has left");
              try {
                new CountDownLatch(1).await();
                throw new IOException("nobody counts it down");
              } finally {
                givenUp.countDown();
              }
            }),
            Map.of());
    assertThatThrownBy(
            () -> deadline.call(() -> root.query("ns", explained(TestEngine.nearest(0, 0)))))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("the client has left");
    assertThat(givenUp.await(10, TimeUnit.SECONDS)).as("the question was given up").isTrue();
    assertThat(outcomes).isEmpty();
  }

  @Test
  void aLeafThatIsBehindLooksForTheNewestManifestAndOneThatIsAheadRefuses() {
    Namespace namespace = filled(1);
    Engine leaf = open(Seams.real(), Map.of());
    Engine root = open(asking(question -> leaf.answerLeaf("ns", question)), Map.of());
    root.query("ns", explained(TestEngine.nearest(0, 0)));
    namespace.write(TestEngine.upsert(TestEngine.document(50, "title 50")));
    namespace.flush();
    assertThat(ids(root.query("ns", explained(TestEngine.nearest(50, 0))))).first().isEqualTo("50");
    assertThat(outcomes).containsOnly(Leaves.Outcome.ANSWERED);
    namespace.compact();
    assertThat(leaf.namespace("ns").stats().segments()).isEqualTo(1);
    QueryResult stale =
        root.query(
            "ns",
            QueryRequest.of(TestEngine.nearest(50, 0))
                .withTopK(3)
                .withProjection(Projection.ALL)
                .withConsistency(Consistency.EVENTUAL)
                .withExplain(true));
    assertThat(ids(stale)).first().isEqualTo("50");
  }

  @Test
  void aSegmentWithOtherIndexesIsRefused() {
    Namespace namespace = filled(1);
    List<byte[]> questions = new ArrayList<>();
    Engine leaf = open(Seams.real(), Map.of());
    Engine root =
        open(
            asking(question -> {
              questions.add(question);
              throw new IOException("not now");
            }),
            Map.of());
    root.query("ns", explained(TestEngine.nearest(0, 0)));
    assertThat(new String(leaf.answerLeaf("ns", questions.getFirst()), StandardCharsets.ISO_8859_1))
        .contains("vectors")
        .doesNotContain("refused");
    namespace.write(TestEngine.upsert(TestEngine.document(1, "again")));
    namespace.flush();
    namespace.compact();
    assertThat(leaf.namespace("ns").stats().documents()).isEqualTo(10);
    assertThat(new String(leaf.answerLeaf("ns", questions.getFirst()), StandardCharsets.ISO_8859_1))
        .contains("refused", "it has another snapshot");
    assertThatThrownBy(() -> leaf.answerLeaf("ns", new byte[] {1, 2, 3}))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("it has only 3 bytes");
  }

  /**
   * Two nodes whose caches hold a little more than half of the namespace each. Alone, a node reads
   * it again and again; together they read it once.
   */
  @Test
  void segmentsSpreadOverTwoNodesAreReadFromTheBucketFarLessOften() {
    fillWithLongTexts();
    Counted alone = new Counted(Seams.real());
    long onOne = alone.requestsOf(() -> ask(alone.engine));

    Counted leaf = new Counted(Seams.real());
    Leaves halves =
        (namespace, segments) -> {
          Map<String, Leaves.Leaf> leaves = new HashMap<>();
          for (int i = 0; i < segments.size(); i += 2) {
            leaves.put(
                segments.get(i).segment(),
                leaf(question -> leaf.engine.answerLeaf(namespace, question)));
          }
          return leaves;
        };
    Counted root = new Counted(Seams.real().with(halves));
    long leafBefore = leaf.bucket.requests();
    long onRoot = root.requestsOf(() -> ask(root.engine));
    long onLeaf = leaf.bucket.requests() - leafBefore;
    System.out.println(
        "LeafSearchTest: bucket requests of the same queries: alone "
            + onOne
            + "; split: root "
            + onRoot
            + ", leaf "
            + onLeaf);
    assertThat(Math.max(onRoot, onLeaf)).isLessThan(onOne / 2);
  }

  /** An engine with a small cache that has opened the namespace, and its own view of the bucket. */
  private final class Counted {
    private final FaultyStorage bucket = new FaultyStorage(storage.attach(), FaultPlan.none());
    private final Engine engine;

    Counted(Seams seams) {
      engine = TestEngine.open(bucket, Map.of("cache.memory_size", CACHE), seams);
      engines.add(engine);
      var _ = engine.namespace("ns").stats();
    }

    long requestsOf(Runnable work) {
      long before = bucket.requests();
      work.run();
      return bucket.requests() - before;
    }
  }

  private static final String CACHE = "10MB";
  private static final int NOISE = 5_600;

  private void fillWithLongTexts() {
    Namespace namespace = open(Seams.real(), Map.of()).create("ns", TestEngine.schema());
    for (long from = 0; from < 3_200; from += 400) {
      namespace.write(
          TestEngine.upsert(
              LongStream.range(from, from + 400)
                  .mapToObj(id -> TestEngine.document(id, "title " + id + " of a " + noise(id)))
                  .toArray(Document[]::new)));
      namespace.flush();
    }
  }

  /** Letters that no format can pack well: what is stored must be more than a cache holds. */
  private static String noise(long seed) {
    StringBuilder text = new StringBuilder(NOISE);
    new Random(seed).ints(NOISE, 0, 64).forEach(letter -> text.append((char) ('0' + letter)));
    return text.toString();
  }

  /** For documents from all over the namespace, again and again. */
  private static void ask(Engine engine) {
    for (int round = 0; round < 3; round++) {
      for (int place = 0; place < 3_200; place += 20) {
        engine.query(
            "ns",
            QueryRequest.of(TestEngine.nearest(place, 0))
                .withProjection(Projection.ALL)
                .withConsistency(Consistency.EVENTUAL));
      }
    }
  }
}
