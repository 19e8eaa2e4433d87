package io.elacsym.engine.blob;

import static io.elacsym.engine.blob.SealedBlobTest.assertCorrupt;
import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.blob.BlobStore.Ahead;
import io.elacsym.engine.disk.DiskCache;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.disk.Scratches;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.engine.task.ReadTrace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory over disk over storage, and the ends of blobs that are kept while they are open. */
class DiskTierTest {
  private static final Scratch SCRATCH = Scratches.shared();

  private static final int BLOCK = Checksums.BLOCK;
  private static final int BLOCKS = 100;
  private static final long TAIL = 3L * BLOCK;

  @TempDir Path folder;

  private final byte[] bytes = new byte[BLOCKS * BLOCK - 99];
  private final ScriptedStorage storage = new ScriptedStorage();
  private final AtomicLong held = new AtomicLong();
  private BlockCache memory = new BlockCache(64L << 20);
  private DiskCache disk;
  private BlobStore store;
  private Checksums checksums;
  private long sealedBytes;

  DiskTierTest() {
    new Random(11).nextBytes(bytes);
  }

  @BeforeEach
  void start() {
    restart();
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(bytes);
      checksums = file.finish();
      store.put("plain", file);
    }
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(bytes);
      file.seal();
      sealedBytes = store.put("sealed", file);
    }
  }

  /** Empty memory, the disk as it is. */
  private void restart() {
    stop();
    memory = new BlockCache(64L << 20);
    TaskRunner atOnce =
        new TaskRunner() {
          @Override
          public void start(String name, Runnable task) {
            task.run();
          }

          @Override
          public void sleep(Duration time) {
            throw new UnsupportedOperationException();
          }
        };
    disk = DiskCache.open(folder, 64L << 20, atOnce, () -> Instant.EPOCH);
    store = new BlobStore(storage, memory, Optional.of(disk), SCRATCH, stored -> {});
    held.set(0);
    storage.gets().clear();
  }

  @AfterEach
  void stop() {
    if (disk != null) {
      disk.close();
    }
  }

  private CachedBlob openSealed(long tail) {
    return store.openSealed("sealed", sealedBytes, tail, held::addAndGet);
  }

  private CachedBlob openPlain(long tail) {
    return store.open("plain", checksums, tail, Optional.empty(), held::addAndGet);
  }

  private void assertReads(BlobSource source, ByteRange... ranges) {
    List<MemorySegment> read = source.readAll(List.of(ranges));
    for (int i = 0; i < ranges.length; i++) {
      MemorySegment expected =
          MemorySegment.ofArray(bytes).asSlice(ranges[i].offset(), ranges[i].length());
      assertThat(read.get(i).mismatch(expected)).as("%s", ranges[i]).isEqualTo(-1);
    }
  }

  private static ByteRange blocks(int first, int end) {
    return new ByteRange((long) first * BLOCK, (long) (end - first) * BLOCK);
  }

  private static QueryCost cost(Callable<?> action) throws Exception {
    ReadTrace trace = new ReadTrace();
    trace.call(action);
    return trace.cost();
  }

  @Test
  void aRestartWithAWarmDiskAsksTheStorageForNothing() throws Exception {
    assertReads(openSealed(TAIL), blocks(2, 9), blocks(70, 71));
    Optional<Ahead> ahead = store.readAhead("plain", bytes.length, TAIL);
    assertReads(store.open("plain", checksums, TAIL, ahead, held::addAndGet), blocks(50, 52));
    restart();
    QueryCost cost =
        cost(() -> {
          assertReads(openSealed(TAIL), blocks(2, 9), blocks(70, 71), tail());
          assertThat(store.readAhead("plain", bytes.length, TAIL)).as("on disk").isEmpty();
          assertReads(openPlain(TAIL), blocks(50, 52), tail());
          return "";
        });
    assertThat(storage.gets()).isEmpty();
    assertThat(cost).isEqualTo(new QueryCost(0, 0, 0, 0, 0, 4 + 7 + 1 + 4 + 2, 0));
    assertThat(disk.stats().misses()).isZero();
  }

  private ByteRange tail() {
    return new ByteRange(bytes.length - TAIL, TAIL);
  }

  @Test
  void openingReadsTheTrailerAndTheTailInOneRequest() throws Exception {
    List<CachedBlob> opened = new ArrayList<>();
    QueryCost cost = cost(() -> opened.add(openSealed(TAIL)));
    long from = (long) (BLOCKS - 4) * BLOCK;
    assertThat(storage.gets()).containsExactly(new ByteRange(from, sealedBytes - from));
    assertThat(cost).isEqualTo(new QueryCost(1, 0, 1, sealedBytes - from, 0, 0, 0));
    assertThat(held).hasValue(bytes.length - from);
    assertReads(opened.getFirst(), tail(), new ByteRange(bytes.length - 10L, 10));
    assertThat(storage.gets()).hasSize(1);
    assertReads(opened.getFirst(), new ByteRange(from - 5, 10), blocks(90, 98));
    assertThat(storage.gets())
        .as("only what lies before the tail")
        .containsExactly(new ByteRange(from, sealedBytes - from), blocks(90, 96));
  }

  @Test
  void aBlobThatIsReadWholeComesInPiecesOfOneWave() throws Exception {
    byte[] large = new byte[20 << 20];
    new Random(2).nextBytes(large);
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(large);
      file.seal();
      long size = store.put("large", file);
      QueryCost cost =
          cost(() -> {
            BlobSource whole = store.openSealed("large", size, size, held::addAndGet);
            assertThat(whole.read(0, large.length).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(large);
            return "";
          });
      assertThat(cost).isEqualTo(new QueryCost(1, 0, 3, size, 0, 0, 0));
    }
  }

  @Test
  void aTailIsInMemoryHoweverMuchElseIsRead() {
    memory = new BlockCache(5L * BLOCK);
    store = new BlobStore(storage, memory, Optional.empty(), SCRATCH, stored -> {});
    CachedBlob blob = openSealed(TAIL);
    for (int round = 0; round < 3; round++) {
      for (int block = 0; block < 90; block++) {
        assertReads(blob, blocks(block, block + 1));
      }
    }
    storage.gets().clear();
    assertReads(blob, tail());
    assertThat(storage.gets()).isEmpty();
  }

  @Test
  void whatIsReadAheadIsUsedOnceItsChecksumsAreKnown() {
    Optional<Ahead> ahead = store.readAhead("plain", bytes.length, TAIL);
    assertThat(storage.gets()).hasSize(1);
    assertReads(store.open("plain", checksums, TAIL, ahead, held::addAndGet), tail());
    assertThat(storage.gets()).hasSize(1);
  }

  @Test
  void whatCameDamagedAheadIsReadAgain() {
    storage.damageGets(1);
    Optional<Ahead> ahead = store.readAhead("plain", bytes.length, TAIL);
    assertReads(store.open("plain", checksums, TAIL, ahead, held::addAndGet), tail());
    assertThat(storage.gets()).hasSize(2);
    restart();
    assertReads(openPlain(TAIL), tail());
    assertThat(storage.gets()).as("only the right bytes went to the disk").isEmpty();
  }

  @Test
  void damageInTheTailIsCorruptWhenOpeningAndNothingOfItIsKeptOnDisk() {
    storage.damageGets(100);
    assertCorrupt(() -> openSealed(TAIL), "object sealed");
    assertCorrupt(() -> openPlain(TAIL), "object plain");
    storage.damageGets(0);
    assertReads(openSealed(TAIL), tail());
    assertReads(openPlain(TAIL), tail());
  }

  @Test
  void onlyWhatTheDiskLacksIsAskedFor() throws Exception {
    CachedBlob before = openPlain(0);
    assertReads(before, blocks(5, 6), blocks(20, 30));
    restart();
    QueryCost cost =
        cost(() -> {
          assertReads(openPlain(0), blocks(3, 8), blocks(18, 24), blocks(40, 41));
          return "";
        });
    assertThat(storage.gets())
        .containsExactlyInAnyOrder(blocks(3, 8), blocks(18, 20), blocks(40, 41));
    assertThat(cost).isEqualTo(new QueryCost(1, 0, 3, 8L * BLOCK, 0, 1 + 4, 0));
  }

  @Test
  void damageOnDiskIsReadFromTheStorageInstead() throws IOException {
    assertReads(openSealed(TAIL), blocks(0, 50));
    for (Path file : files()) {
      restart();
      byte[] damaged = Files.readAllBytes(file);
      damaged[damaged.length - 1] ^= 1;
      damaged[4096] ^= 1;
      Files.write(file, damaged);
      assertReads(openSealed(TAIL), blocks(0, 50), tail());
      assertThat(storage.gets()).as(file.toString()).isNotEmpty();
      // A file goes as a whole: what was still right in it comes again when it is asked for again.
      restart();
      assertReads(openSealed(TAIL), blocks(0, 50), tail());
      restart();
      assertReads(openSealed(TAIL), blocks(0, 50), tail());
      assertThat(storage.gets()).as("written anew").isEmpty();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file) && !file.endsWith("lock")).toList();
    }
  }

  @Test
  void whatIsReadForOnceUsesTheDiskAndGoesNowhere() {
    assertReads(openPlain(0), blocks(0, 3));
    restart();
    BlobSource once = openPlain(0).forOnce();
    assertReads(once, blocks(0, 6));
    assertThat(storage.gets()).containsExactly(blocks(3, 6));
    assertThat(memory.stats().bytes()).isZero();
    assertReads(once, blocks(0, 6));
    assertThat(storage.gets()).containsExactly(blocks(3, 6), blocks(3, 6));
  }

  @Test
  void whatAReaderKeepsByItselfGoesToTheDiskAndIsCountedAsHeld() {
    CachedBlob blob = openPlain(0);
    blob.readOnce(List.of(blocks(0, 6)));
    assertThat(held).hasValue(6L * BLOCK);
    assertThat(memory.stats().bytes()).isZero();
    restart();
    assertReads(openPlain(0), blocks(0, 6));
    assertThat(storage.gets()).isEmpty();
  }

  @Test
  void verifyingPassesTheCaches() {
    assertReads(openSealed(TAIL), blocks(0, 10));
    storage.gets().clear();
    BlobSource source = store.openSealedUncached("sealed", sealedBytes);
    assertReads(source, blocks(0, 10));
    assertReads(source, blocks(0, 10));
    assertReads(store.openUncached("plain", checksums), blocks(0, 10));
    assertThat(storage.gets()).hasSize(4);
    restart();
    assertReads(openPlain(0), blocks(0, 10));
    assertThat(storage.gets()).as("nothing of it went to the disk").hasSize(1);
  }

  @Test
  void warmingFillsBothCachesAsFarAsThereIsRoom() {
    WarmBudget all = store.warmBudget();
    CachedBlob blob = openPlain(TAIL);
    blob.warm(all);
    storage.gets().clear();
    assertReads(blob, blocks(0, BLOCKS - 4), tail());
    assertThat(storage.gets()).isEmpty();
    assertThat(all.taken()).isEqualTo((BLOCKS - 4L) * BLOCK);
    restart();
    assertReads(openPlain(TAIL), blocks(0, BLOCKS - 4), tail());
    assertThat(storage.gets()).isEmpty();
  }

  @Test
  void whatHasRoomOnDiskOnlyGoesThere() {
    CachedBlob blob = openPlain(TAIL);
    WarmBudget diskOnly = new WarmBudget(1, 64L << 20);
    blob.warm(diskOnly);
    assertThat(memory.stats().bytes()).isZero();
    storage.gets().clear();
    assertReads(blob, blocks(0, BLOCKS - 4));
    assertThat(storage.gets()).isEmpty();
  }

  @Test
  void withoutRoomNothingIsBroughtIn() {
    CachedBlob blob = openPlain(TAIL);
    WarmBudget none = new WarmBudget(BLOCK, BLOCK);
    blob.warm(none);
    assertThat(none.isSpent()).isTrue();
    assertThat(none.taken()).isZero();
    assertThat(memory.stats().bytes()).isZero();
  }

  @Test
  void anyRangeIsRightWhereverItsBlocksAre() {
    Seeded.run(random -> {
      for (int round = 0; round < 40; round++) {
        if (random.nextInt(4) == 0) {
          restart();
        }
        CachedBlob blob =
            random.nextBoolean() ? openSealed(random.nextInt(3) * TAIL) : openPlain(TAIL);
        for (int reads = random.nextInt(10); reads > 0; reads--) {
          long from = random.nextInt(bytes.length);
          long length = Math.min(bytes.length - from, random.nextInt(12 * BLOCK));
          ByteRange range = new ByteRange(from, length);
          ByteRange last = new ByteRange(bytes.length - 1L - random.nextInt(5 * BLOCK), 1);
          switch (random.nextInt(4)) {
            case 0 -> assertReads(blob.forOnce(), range, last);
            case 1 ->
                assertThat(
                        blob.readOnce(List.of(range))
                            .getFirst()
                            .mismatch(MemorySegment.ofArray(bytes).asSlice(from, length)))
                    .isEqualTo(-1);
            default -> assertReads(blob, range, last);
          }
        }
      }
    });
  }
}
