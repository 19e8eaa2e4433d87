package io.elacsym.engine.blob;

import static io.elacsym.engine.blob.SealedBlobTest.assertCorrupt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.disk.Scratches;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.LogWatch;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.tck.host.Together;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BlobCacheTest {
  private static final Scratch SCRATCH = Scratches.shared();

  private static final int BLOCK = Checksums.BLOCK;
  private static final int BLOCKS = 201;

  private final byte[] bytes = new byte[BLOCKS * BLOCK];
  private final ScriptedStorage storage = new ScriptedStorage();

  BlobCacheTest() {
    new Random(7).nextBytes(bytes);
  }

  @Test
  void aSecondReadMakesNoRequest() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource source = open(cache);
    source.read(100, 50);
    assertThat(storage.gets()).hasSize(1);
    source.read(100, 50);
    source.read(0, BLOCK);
    assertThat(storage.gets()).hasSize(1);
    assertThat(cache.stats().hits()).isEqualTo(2);
    assertThat(cache.stats().misses()).isEqualTo(1);
    assertThat(cache.stats().bytes()).isBetween((long) BLOCK, BLOCK + 1_000L);
  }

  @Test
  void aCacheMissIsLoggedInTheWordsOperatorsLookForAndAHitIsNot() {
    BlobSource source = open(new BlockCache(64L << 20));
    try (LogWatch log = LogWatch.atDebug(CacheMisses.class)) {
      source.read(100, 50);
      source.read(100, 50);
      assertThat(log.lines())
          .containsExactly("FINE cache miss: x, " + BLOCK + " bytes from the storage");
    }
    try (LogWatch log = LogWatch.atInfo(CacheMisses.class)) {
      source.read(7L * BLOCK, 1);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void twoReadersOfOneObjectShareWhatOneHasRead() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource first = open(cache);
    first.read(0, 10);
    BlobSource second = open(cache);
    second.read(10, 10);
    assertThat(storage.gets()).hasSize(1);
  }

  /** Of those who wait for one load, the one that began it may be the first to leave. */
  @Test
  @Timeout(60)
  void aLoadWhoseBeginnerHasLeftServesTheOthers() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    storage.beforeGet(() -> {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    Deadline deadline = Deadline.in(Duration.ofDays(1), System::nanoTime);
    FutureTask<MemorySegment> first =
        new FutureTask<>(() -> deadline.call(() -> source.read(100, 50)));
    Thread.ofVirtual().start(first);
    asked.await();
    FutureTask<MemorySegment> second = new FutureTask<>(() -> source.read(120, 50));
    Thread.ofVirtual().start(second);
    deadline.cancel("the client has left");
    assertThatThrownBy(first::get).cause().hasMessageContaining("the client has left");
    answer.countDown();
    assertBytes(second.get(), new ByteRange(120, 50));
    assertThat(storage.gets()).hasSize(1);
  }

  @Test
  void readingPastTheCacheLeavesNothingInIt() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobStore store = new BlobStore(storage, cache, Optional.empty(), SCRATCH, bytes -> {});
    open(cache);
    BlobSource source = store.openUncached("x", checksums());
    source.read(0, 10);
    source.read(0, 10);
    assertThat(storage.gets()).hasSize(2);
    assertThat(cache.stats().bytes()).isZero();
  }

  @Test
  void readingForOnceUsesTheCacheAndLeavesNothingInIt() {
    BlockCache cache = new BlockCache(64L << 20);
    open(cache).read(0, 10);
    BlobSource source = open(cache).forOnce();
    source.read(5, 2 * BLOCK);
    source.read(5, 2 * BLOCK);
    assertThat(storage.gets())
        .containsExactly(
            new ByteRange(0, BLOCK),
            new ByteRange(BLOCK, 2L * BLOCK),
            new ByteRange(BLOCK, 2L * BLOCK));
    assertThat(cache.stats().bytes()).isLessThan(2L * BLOCK);
  }

  @Test
  void whatIsReadOnceIsNotKept() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource source = open(cache);
    List<ByteRange> ranges = List.of(new ByteRange(7, 3L * BLOCK), new ByteRange(9L * BLOCK, 5));
    for (int round = 0; round < 2; round++) {
      List<MemorySegment> read = source.readOnce(ranges);
      assertBytes(read.get(0), ranges.get(0));
      assertBytes(read.get(1), ranges.get(1));
    }
    assertThat(storage.gets()).hasSize(4);
    assertThat(cache.stats().bytes()).isZero();
  }

  @Test
  void onlyTheBlocksNobodyHasReadAreAskedFor() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    source.read(5L * BLOCK, BLOCK);
    source.read(9L * BLOCK + 7, 1);
    QueryCost cost = cost(() -> source.read(3L * BLOCK + 100, 9L * BLOCK));
    assertThat(storage.gets().subList(2, storage.gets().size()))
        .as("3-4 and 6-8 are neighbours but for one block, 10-12 likewise")
        .containsExactly(new ByteRange(3L * BLOCK, 10L * BLOCK));
    assertThat(cost).isEqualTo(new QueryCost(1, 0, 1, 10L * BLOCK, 2, 0, 0));
    BlobSource other = open(new BlockCache(64L << 20));
    other.read(4L * BLOCK, 3L * BLOCK);
    cost = cost(() -> other.read(0, 10L * BLOCK));
    assertThat(cost).isEqualTo(new QueryCost(1, 0, 2, 7L * BLOCK, 3, 0, 0));
  }

  @Test
  void overlappingRangesOfOneCallAreReadOnce() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    List<ByteRange> ranges =
        List.of(
            new ByteRange(100, 3L * BLOCK),
            new ByteRange(2L * BLOCK, 4L * BLOCK),
            new ByteRange(BLOCK + 5, 10));
    QueryCost cost = cost(() -> source.readAll(ranges));
    assertThat(storage.gets()).containsExactly(new ByteRange(0, 6L * BLOCK));
    assertThat(cost.bytes()).isEqualTo(6L * BLOCK);
    List<MemorySegment> again = source.readAll(ranges);
    for (int i = 0; i < ranges.size(); i++) {
      assertBytes(again.get(i), ranges.get(i));
    }
    assertThat(storage.gets()).hasSize(1);
  }

  /**
   * Else reading a list of vectors that shares a block with its neighbour would copy it each time.
   */
  @Test
  void whatWasJoinedFromSeveralReadsIsNotJoinedAgain() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource source = open(cache);
    ByteRange middle = new ByteRange(3L * BLOCK + 9, 3L * BLOCK);
    source.read(0, 3L * BLOCK + 10);
    source.read(6L * BLOCK, 2L * BLOCK);
    MemorySegment first = source.readAll(List.of(middle)).getFirst();
    MemorySegment second = source.readAll(List.of(middle)).getFirst();
    assertBytes(first, middle);
    assertThat(second.asOverlappingSlice(first)).as("the same memory").isPresent();
    assertThat(cache.stats().bytes())
        .as("the two blocks at the borders are there twice, the others once")
        .isBetween(10L * BLOCK, 10L * BLOCK + 2_000);
    assertThat(storage.gets()).hasSize(3);
  }

  @Test
  void aRangeOfOneRunIsNotCopied() {
    BlobSource source = open(new BlockCache(64L << 20));
    MemorySegment whole = source.read(0, 20L * BLOCK);
    assertThat(source.read(3L * BLOCK + 5, 7L * BLOCK).asOverlappingSlice(whole)).isPresent();
  }

  @Test
  void aRangeLargerThanTheLargestRequestIsReadInPieces() {
    BlobSource source = open(new BlockCache(64L << 20));
    ByteRange range = new ByteRange(17, bytes.length - 30L);
    assertBytes(source.readAll(List.of(range)).getFirst(), range);
    assertThat(storage.gets()).hasSize(2).allMatch(get -> get.length() <= 8L << 20);
    assertBytes(source.readAll(List.of(range)).getFirst(), range);
    assertThat(storage.gets()).hasSize(2);
  }

  @Test
  @Timeout(120)
  void manyReadersOfASmallCacheAlwaysGetTheRightBytes() throws Exception {
    BlockCache cache = new BlockCache(12L * BLOCK);
    BlobSource source = open(cache);
    Seeded.run(random -> {
      long seed = random.nextLong();
      Together.run(
          4,
          thread -> {
            SplittableRandom own = new SplittableRandom(seed + thread);
            for (int round = 0; round < 200; round++) {
              List<ByteRange> ranges = new ArrayList<>();
              for (int left = own.nextInt(1, 4); left > 0; left--) {
                long from = own.nextLong(30L * BLOCK);
                ranges.add(new ByteRange(from, own.nextLong(own.nextBoolean() ? 500 : 6L * BLOCK)));
              }
              List<MemorySegment> read =
                  own.nextInt(5) == 0 ? source.readOnce(ranges) : source.readAll(ranges);
              for (int i = 0; i < ranges.size(); i++) {
                assertBytes(read.get(i), ranges.get(i));
              }
            }
            return thread;
          });
    });
    assertThat(cache.stats().bytes()).isLessThanOrEqualTo(12L * BLOCK);
    assertThat(cache.stats().evictions()).isPositive();
  }

  @Test
  void whatSegmentsHoldIsTakenFromTheCache() {
    BlockCache cache = new BlockCache(40L * BLOCK);
    BlobSource source = open(cache);
    for (int block = 0; block < 39; block++) {
      source.read((long) block * BLOCK, 1);
    }
    assertThat(cache.stats().bytes()).isGreaterThan(35L * BLOCK);
    cache.hold(20L * BLOCK);
    assertThat(cache.heldBytes()).isEqualTo(20L * BLOCK);
    assertThat(cache.stats().bytes()).isLessThanOrEqualTo(20L * BLOCK);
    cache.hold(1_000L * BLOCK);
    assertThat(cache.stats().bytes())
        .as("a quarter is left whatever is held")
        .isLessThanOrEqualTo(10L * BLOCK)
        .isGreaterThan(5L * BLOCK);
    cache.hold(-1_020L * BLOCK);
    for (int block = 0; block < 39; block++) {
      source.read((long) block * BLOCK, 1);
    }
    assertThat(cache.stats().bytes()).isGreaterThan(35L * BLOCK);
  }

  @Test
  void neighboursAreReadInOneRequest() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    QueryCost cost =
        cost(() ->
            source.readAll(
                List.of(
                    new ByteRange(10L * BLOCK, 5),
                    new ByteRange(8L * BLOCK + 100, 5),
                    new ByteRange(9L * BLOCK, 5))));
    assertThat(storage.gets()).containsExactly(new ByteRange(8L * BLOCK, 3L * BLOCK));
    assertThat(cost).isEqualTo(new QueryCost(1, 0, 1, 3L * BLOCK, 0, 0, 0));
  }

  /** What {@link BlobSource} promises: no reader has to put its ranges together by itself. */
  @Test
  void neighboursOfOneCallLieTogetherAndCountOnce() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    List<ByteRange> pages = new ArrayList<>();
    for (int page = 299; page >= 0; page--) {
      pages.add(new ByteRange(BLOCK / 2 + page * 8_000L, 8_000));
    }
    int blocks = 38;
    QueryCost cost = cost(() -> source.readAll(pages));
    assertThat(cost).isEqualTo(new QueryCost(1, 0, 1, (long) blocks * BLOCK, 0, 0, 0));
    List<MemorySegment> read = new ArrayList<>();
    QueryCost again = cost(() -> read.addAll(source.readAll(pages)));
    assertThat(again).isEqualTo(new QueryCost(0, 0, 0, 0, blocks, 0, 0));
    MemorySegment whole = source.read(0, (long) blocks * BLOCK);
    for (int i = 0; i < pages.size(); i++) {
      assertBytes(read.get(i), pages.get(i));
      assertThat(read.get(i).asOverlappingSlice(whole)).as("page %d, not copied", i).isPresent();
    }
  }

  @Test
  void rangesLessThanABlockApartShareARequest() throws Exception {
    Seeded.run(random -> {
      BlobSource source = open(new BlockCache(64L << 20));
      storage.gets().clear();
      List<ByteRange> ranges = new ArrayList<>();
      long next = random.nextInt(BLOCK);
      while (next + 3L * BLOCK < 8L << 20) {
        ByteRange range = new ByteRange(next, 1L + random.nextInt(2 * BLOCK));
        ranges.add(range);
        next = range.end() + random.nextInt(BLOCK);
      }
      Collections.shuffle(ranges, new Random(random.nextLong()));
      List<MemorySegment> read = source.readAll(ranges);
      assertThat(storage.gets()).hasSize(1);
      for (int i = 0; i < ranges.size(); i++) {
        assertBytes(read.get(i), ranges.get(i));
      }
    });
  }

  @Test
  void whatIsBroughtInTogetherIsOfAMeasureThatCanBeEvicted() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource source = open(cache);
    List<ByteRange> ranges = new ArrayList<>();
    for (int block = 0; block < 128; block++) {
      ranges.add(new ByteRange((long) block * BLOCK, BLOCK));
    }
    MemorySegment first = source.readAll(ranges).getFirst();
    assertThat(storage.gets()).hasSize(1);
    MemorySegment half = source.read(0, 64L * BLOCK);
    assertThat(half.asOverlappingSlice(first)).isPresent();
    MemorySegment more = source.read(0, 65L * BLOCK);
    assertThat(more.asOverlappingSlice(first)).as("of two runs, so it is a copy").isEmpty();
  }

  @Test
  void aGapOfOneBlockIsReadAlongAndALargerOneIsNot() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    QueryCost cost =
        cost(() ->
            source.readAll(
                List.of(
                    new ByteRange(0, 1),
                    new ByteRange(2L * BLOCK, 1),
                    new ByteRange(5L * BLOCK, 1))));
    assertThat(storage.gets())
        .containsExactlyInAnyOrder(new ByteRange(0, 3L * BLOCK), new ByteRange(5L * BLOCK, BLOCK));
    assertThat(cost).isEqualTo(new QueryCost(1, 0, 2, 4L * BLOCK, 0, 0, 0));
    source.read(BLOCK, 1);
    assertThat(storage.gets()).as("what was read along is not kept").hasSize(3);
  }

  @Test
  void neighboursAreNotJoinedBeyondTheLargestRequest() {
    BlobSource source = open(new BlockCache(64L << 20));
    source.readAll(
        List.of(new ByteRange(0, 100L * BLOCK), new ByteRange(100L * BLOCK, 100L * BLOCK)));
    assertThat(storage.gets()).hasSize(2);
  }

  @Test
  void everyDependentReadIsAWaveOfItsOwn() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    QueryCost cost =
        cost(() -> {
          source.read(0, 1);
          source.read(0, 1);
          return source.readAll(
              List.of(new ByteRange(20L * BLOCK, 1), new ByteRange(50L * BLOCK, 1)));
        });
    assertThat(cost).isEqualTo(new QueryCost(2, 0, 3, 3L * BLOCK, 1, 0, 0));
  }

  @Test
  void anEmptyRangeMakesNoRequest() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    QueryCost cost =
        cost(() -> {
          assertThat(source.read(5, 0).byteSize()).isZero();
          assertThat(source.read(BLOCK, 0).byteSize()).isZero();
          return source.readAll(List.of());
        });
    assertThat(cost).isEqualTo(new QueryCost(0, 0, 0, 0, 0, 0, 0));
    assertThat(storage.gets()).isEmpty();
  }

  /** Each waits for blocks that the other loads: neither may wait for the other before it loads. */
  @Test
  @Timeout(60)
  void readersThatNeedWhatTheOtherLoadsDoNotBlockEachOther() throws Exception {
    BlobSource source = open(new BlockCache(64L << 20));
    for (int round = 0; round < 50; round++) {
      long at = 3L * round * BLOCK;
      List<ByteRange> forward = List.of(new ByteRange(at, 1), new ByteRange(at + 2L * BLOCK, 1));
      List<MemorySegment> read =
          Together.run(
              2,
              thread ->
                  thread == 0
                      ? source.readAll(forward).getLast()
                      : source.readAll(forward.reversed()).getFirst());
      assertThat(read).allSatisfy(part -> assertBytes(part, forward.getLast()));
    }
    assertThat(storage.gets().stream().mapToLong(ByteRange::length).sum())
        .as("no block is read twice, but for those read along between two")
        .isLessThanOrEqualTo(50L * 3 * BLOCK);
  }

  @Test
  @Timeout(60)
  void waitingForTheRequestOfAnotherIsAWaveWithoutARequest() throws Exception {
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource source = open(cache);
    storage.beforeGet(() -> {
      while (cache.stats().hits() == 0) {
        Thread.onSpinWait();
      }
    });
    List<QueryCost> costs =
        Together.run(
            2,
            thread -> {
              while (thread == 1 && cache.stats().misses() == 0) {
                Thread.onSpinWait();
              }
              return cost(() -> source.read(0, 1));
            });
    assertThat(costs)
        .containsExactly(
            new QueryCost(1, 0, 1, BLOCK, 0, 0, 0), new QueryCost(1, 0, 0, 0, 1, 0, 0));
  }

  @Test
  @Timeout(60)
  void manyReadersOfOneRangeMakeOneRequest() throws Exception {
    int readers = 8;
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource source = open(cache);
    storage.beforeGet(() -> {
      while (cache.stats().hits() + cache.stats().misses() < readers) {
        Thread.onSpinWait();
      }
    });
    List<MemorySegment> parts = Together.run(readers, thread -> source.read(thread, 10));
    assertThat(storage.gets()).hasSize(1);
    for (int i = 0; i < readers; i++) {
      assertThat(parts.get(i).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo(bytes[i]);
    }
  }

  @Test
  void theSameBytesTwiceInOneCallAreReadOnce() {
    BlobSource source = open(new BlockCache(64L << 20));
    source.readAll(List.of(new ByteRange(0, 1), new ByteRange(1, 1), new ByteRange(0, 1)));
    assertThat(storage.gets()).containsExactly(new ByteRange(0, BLOCK));
  }

  @Test
  void aFailedLoadIsTriedAgainByTheNextRead() {
    BlobSource source = open(new BlockCache(64L << 20));
    storage.failGet();
    assertUnavailable(source, 0);
    assertThat(source.read(0, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo(bytes[0]);
  }

  @Test
  void aFailedLoadFailsOnlyItsOwnWave() {
    BlobSource source = open(new BlockCache(64L << 20));
    storage.failGet().failGet();
    assertThatThrownBy(
            () -> source.readAll(List.of(new ByteRange(0, 1), new ByteRange(100L * BLOCK, 1))))
        .isInstanceOf(ElacsymException.class);
    assertThat(source.readAll(List.of(new ByteRange(0, 1), new ByteRange(100L * BLOCK, 1))))
        .hasSize(2);
  }

  @Test
  @Timeout(60)
  void everyReaderOfAFailedLoadLearnsOfIt() throws Exception {
    int readers = 4;
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource source = open(cache);
    storage.beforeGet(() -> {
      while (cache.stats().hits() + cache.stats().misses() < readers) {
        Thread.onSpinWait();
      }
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the storage cannot be reached");
    });
    Together.run(
        readers,
        thread -> {
          assertUnavailable(source, 0);
          return thread;
        });
    assertThat(storage.gets()).hasSize(1);
  }

  /** The range beyond the end once left a promise behind that nobody kept. */
  @Test
  @Timeout(60)
  void aRefusedRangeBlocksNoLaterReader() {
    BlobSource source = open(new BlockCache(64L << 20));
    assertCorrupt(
        () -> source.readAll(List.of(new ByteRange(0, 1), new ByteRange(bytes.length, 1))),
        "object x");
    assertThat(source.read(0, 1).byteSize()).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void evenAnErrorInTheStorageBlocksNoLaterReader() {
    BlobSource source = open(new BlockCache(64L << 20));
    storage.beforeGet(() -> {
      throw new StackOverflowError("on purpose");
    });
    assertThatThrownBy(() -> source.read(0, 1)).isInstanceOf(StackOverflowError.class);
    assertThat(source.read(0, 1).byteSize()).isEqualTo(1);
  }

  @Test
  void theCacheNeverHoldsMoreThanItsBound() {
    long bound = 20L * BLOCK;
    BlockCache cache = new BlockCache(bound);
    BlobSource source = open(cache);
    for (int block = 0; block < BLOCKS; block++) {
      source.read((long) block * BLOCK, 1);
      assertThat(cache.stats().bytes()).isLessThanOrEqualTo(bound);
    }
    assertThat(cache.stats().bytes()).as("it is used").isGreaterThan(bound / 2);
    source.read(0, 100L * BLOCK);
    assertThat(cache.stats().bytes()).isLessThanOrEqualTo(bound);
  }

  @Test
  void hitRateIsOfAllLookUps() {
    BlockCache cache = new BlockCache(64L << 20);
    assertThat(cache.stats().hitRate()).isZero();
    BlobSource source = open(cache);
    source.read(0, 1);
    source.read(0, 1);
    source.read(0, 1);
    source.read(0, 1);
    assertThat(cache.stats().hitRate()).isEqualTo(0.75);
  }

  private void assertBytes(MemorySegment part, ByteRange range) {
    MemorySegment expected = MemorySegment.ofArray(bytes).asSlice(range.offset(), range.length());
    assertThat(part.byteSize()).isEqualTo(range.length());
    assertThat(part.mismatch(expected)).as("%s", range).isEqualTo(-1);
  }

  private static void assertUnavailable(BlobSource source, long at) {
    assertThatThrownBy(() -> source.read(at, 1))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  private Checksums checksums() {
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(bytes);
      return file.finish();
    }
  }

  private CachedBlob open(BlockCache cache) {
    BlobStore store = new BlobStore(storage, cache, Optional.empty(), SCRATCH, bytes -> {});
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(bytes);
      Checksums checksums = file.finish();
      store.put("x", file);
      return store.open("x", checksums, 0, Optional.empty(), held -> {});
    }
  }

  private static QueryCost cost(Callable<?> action) throws Exception {
    ReadTrace trace = new ReadTrace();
    trace.call(action);
    return trace.cost();
  }
}
