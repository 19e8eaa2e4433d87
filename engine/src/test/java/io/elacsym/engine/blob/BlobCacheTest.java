package io.elacsym.engine.blob;

import static io.elacsym.engine.blob.SealedBlobTest.assertCorrupt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.tck.expect.Together;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BlobCacheTest {
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
  void twoReadersOfOneObjectShareWhatOneHasRead() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobSource first = open(cache);
    first.read(0, 10);
    BlobSource second = open(cache);
    second.read(10, 10);
    assertThat(storage.gets()).hasSize(1);
  }

  @Test
  void readingPastTheCacheLeavesNothingInIt() {
    BlockCache cache = new BlockCache(64L << 20);
    BlobStore store = new BlobStore(storage, cache, bytes -> {});
    open(cache);
    BlobSource source = store.openUncached("x", checksums());
    source.read(0, 10);
    source.read(0, 10);
    assertThat(storage.gets()).hasSize(2);
    assertThat(cache.stats().bytes()).isZero();
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
    assertThat(cost).isEqualTo(new QueryCost(1, 1, 3L * BLOCK, 0, 0, 0));
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
    assertThat(cost).isEqualTo(new QueryCost(1, 2, 4L * BLOCK, 0, 0, 0));
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
    assertThat(cost).isEqualTo(new QueryCost(2, 3, 3L * BLOCK, 1, 0, 0));
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
    assertThat(cost).isEqualTo(new QueryCost(0, 0, 0, 0, 0, 0));
    assertThat(storage.gets()).isEmpty();
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

  private static void assertUnavailable(BlobSource source, long at) {
    assertThatThrownBy(() -> source.read(at, 1))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  private Checksums checksums() {
    try (BlobFile file = BlobFile.create()) {
      file.write(bytes);
      return file.finish();
    }
  }

  private BlobSource open(BlockCache cache) {
    BlobStore store = new BlobStore(storage, cache, bytes -> {});
    try (BlobFile file = BlobFile.create()) {
      file.write(bytes);
      Checksums checksums = file.finish();
      store.put("x", file);
      return store.open("x", checksums);
    }
  }

  private static QueryCost cost(Callable<?> action) throws Exception {
    ReadTrace trace = new ReadTrace();
    trace.call(action);
    return trace.cost();
  }
}
