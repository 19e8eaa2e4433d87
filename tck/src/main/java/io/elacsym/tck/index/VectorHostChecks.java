package io.elacsym.tck.index;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.CountedWork;
import io.elacsym.tck.host.Failing;
import io.elacsym.tck.host.FailingSource;
import io.elacsym.tck.host.FailingVectors;
import io.elacsym.tck.host.FullSink;
import io.elacsym.tck.host.PassingRows;
import io.elacsym.tck.host.Threads;
import io.elacsym.tck.host.Together;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.index.VectorIndexes.Open;
import io.elacsym.tck.index.VectorIndexes.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** What is between an index and its host: memory, threads, other builds, cancelling, failures. */
record VectorHostChecks(VectorIndexes indexes) {
  private static final int ROWS = 1300;

  private static final int CANCELLED_ROWS = 4000;

  /** Also a build that does little with each vector asks once for a thousand of them. */
  private static final int LEAST_QUESTIONS = CANCELLED_ROWS / 1000;

  /** At the most this part of the work of a build is done without a question. */
  private static final int PARTS = 3;

  private static final VectorField FIELD = new VectorField("vector", 12, Metric.L2);

  List<Check> checks() {
    return List.of(
        Check.of("a build that has returned looks at its rows no more", this::passingRows),
        Check.of("builds beside each other do not disturb each other", this::concurrentBuilds),
        Check.of("indexes that are open together answer each for itself", this::openTogether),
        Check.of("a build asks throughout whether it is cancelled", this::cancelledThroughout),
        Check.of("no thread outlives a build or a reader", this::threads),
        Check.of("a read that fails is told as it was, and can be tried again", this::failingReads),
        Check.of("a write that fails is told as it was", this::failingWrites));
  }

  private static TestVectors vectors(int count, int salt) {
    return TestVectors.of(
        Distribution.CLUSTERED.draw(count, FIELD.dimension(), new Random(Seed.current() + salt)));
  }

  private static VectorIndexInput input(TestVectors vectors) {
    return new VectorIndexInput(FIELD, vectors, true, true, List.of());
  }

  private VectorIndexBuild build(VectorIndexInput input, TestContext context) {
    return indexes.provider().build(input, context);
  }

  private void passingRows() {
    for (boolean atHand : new boolean[] {true, false}) {
      for (int count : new int[] {1, ROWS}) {
        TestVectors vectors = vectors(count, 0);
        MemoryBlobSink sink = new MemoryBlobSink();
        PassingRows rows = new PassingRows(vectors);
        VectorIndexInput input = new VectorIndexInput(FIELD, rows, false, atHand, List.of());
        try (VectorIndexBuild build = build(input, indexes.context())) {
          rows.close();
          build.write(sink);
          try (VectorIndexReader reader =
              indexes
                  .provider()
                  .open(
                      new StoredVectorIndex(
                          FIELD, build.encoding(), sink.source(), count, vectors.stored()),
                      indexes.context())) {
            VectorHits hits =
                reader.search(
                    VectorIndexes.query(vectors.vector(count / 2), 1, RowSet.all(count), 1));
            Expect.equal("nearest row to row " + count / 2, new int[] {count / 2}, hits.rows());
          }
        }
      }
    }
  }

  private void concurrentBuilds() throws Exception {
    TestContext context = indexes.context().withParallelism(1);
    List<TestVectors> all = new ArrayList<>();
    List<byte[]> alone = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(vectors(ROWS - 100 * i, i));
      alone.add(indexes.write(FIELD, all.get(i), true, context).blob().bytes());
    }
    List<byte[]> together =
        Together.run(
            all.size(),
            thread -> indexes.write(FIELD, all.get(thread), true, context).blob().bytes());
    for (int i = 0; i < all.size(); i++) {
      Expect.equal("blob of a build beside others", alone.get(i), together.get(i));
    }
  }

  private void openTogether() {
    Written first = indexes.write(FIELD, vectors(300, 0), true);
    Written second = indexes.write(FIELD, vectors(200, 1), true);
    VectorField otherField = new VectorField("other", 12, Metric.DOT);
    Written third = indexes.write(otherField, vectors(100, 2), true);
    try (Open one = indexes.open(first);
        Open two = indexes.open(second);
        Open three = indexes.open(third)) {
      Random random = new Random(Seed.current());
      for (int i = 0; i < 30; i++) {
        Open open = List.of(one, two, three).get(i % 3);
        float[] query = Distribution.UNIFORM.draw(1, FIELD.dimension(), random)[0];
        Expect.equal(
            "rows found while other indexes are open",
            open.exact(query, 5, open.written().all()).rows(),
            open.search(query, 5, open.written().all(), 1).rows());
      }
    }
  }

  private void cancelledThroughout() throws Exception {
    VectorIndexInput input = input(vectors(CANCELLED_ROWS, 0));
    for (int threads : Profile.current().pick(List.of(2), List.of(1, 2, 4))) {
      int all = expectQuestionsThroughout(threads);
      for (double share : new double[] {0.2, 0.5, 0.8}) {
        AtomicInteger asked = new AtomicInteger();
        TestContext context =
            indexes
                .context()
                .withParallelism(threads)
                .cancelledWhen(() -> asked.incrementAndGet() > share * all);
        Expect.failure(
            ErrorKind.UNAVAILABLE,
            "a build that is cancelled after " + Math.round(100 * share) + " % of its work",
            () -> build(input, context).close());
      }
    }
  }

  /**
   * What the work between two questions is, is what tells one that asks throughout from one that
   * asks often, and in the beginning only.
   *
   * @return how often the build has asked
   */
  private int expectQuestionsThroughout(int threads) {
    CountedWork work = new CountedWork();
    Queue<Long> asked = new ConcurrentLinkedQueue<>();
    TestContext context =
        indexes
            .context()
            .withParallelism(threads)
            .withMath(work.counting(indexes.context().math()))
            .cancelledWhen(() -> !asked.add(work.done()));
    TestVectors vectors = vectors(CANCELLED_ROWS, 0);
    build(
            new VectorIndexInput(
                FIELD, work.counting(vectors, FIELD.dimension()), true, true, List.of()),
            context)
        .close();
    Expect.that(
        asked.size() >= LEAST_QUESTIONS,
        () ->
            "a build of "
                + CANCELLED_ROWS
                + " vectors asked "
                + asked.size()
                + " times whether it is cancelled, expected "
                + LEAST_QUESTIONS);
    long all = work.done();
    long[] times =
        LongStream.concat(asked.stream().mapToLong(Long::longValue), LongStream.of(all))
            .sorted()
            .toArray();
    long before = 0;
    for (long time : times) {
      long from = before;
      Expect.that(
          PARTS * (time - from) <= all,
          () ->
              "a build that multiplied and copied "
                  + all
                  + " components did not ask whether it is cancelled from "
                  + from
                  + " to "
                  + time);
      before = time;
    }
    return asked.size();
  }

  private void threads() throws Exception {
    Threads.expectNoneLeftBy(
        "a build",
        () -> build(input(vectors(ROWS, 0)), indexes.context().withParallelism(3)).close());
    Written written = indexes.write(FIELD, vectors(ROWS, 0), true);
    Threads.expectNoneLeftBy(
        "a reader",
        () -> {
          try (Open open = indexes.open(written)) {
            for (double target : new double[] {0.9, 1}) {
              open.search(written.vectors().vector(7), 10, written.all(), target);
            }
          }
        });
  }

  private void failingReads() throws Exception {
    Written written = indexes.write(FIELD, vectors(ROWS, 0), true);
    for (double target : new double[] {0.95, 1}) {
      Failing.reads(
          failure ->
              indexes.open(
                  written,
                  new FailingSource(written.blob(), failure),
                  new FailingVectors(written.vectors().stored(), failure)),
          reader -> {
            List<int[]> answers = new ArrayList<>();
            for (int item : new int[] {3, 700, 1200}) {
              float[] query = written.vectors().vector(item);
              answers.add(
                  reader.search(VectorIndexes.query(query, 1, written.all(), target)).rows());
            }
            return answers;
          });
    }
  }

  private void failingWrites() throws Exception {
    TestVectors vectors = vectors(ROWS, 0);
    long size = indexes.write(FIELD, vectors, true).blob().size();
    Failing.writes(
        size,
        room -> {
          try (VectorIndexBuild build = build(input(vectors), indexes.context())) {
            build.write(new FullSink(room));
          }
        });
  }
}
