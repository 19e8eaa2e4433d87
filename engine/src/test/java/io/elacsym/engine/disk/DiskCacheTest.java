package io.elacsym.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.elacsym.engine.blob.Checksums;
import io.elacsym.engine.model.LogWatch;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.tck.host.Together;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {
  private static final int BLOCK = ChunkFile.BLOCK;
  private static final int BLOCKS = 150;
  private static final long ROOM = 64L << 20;

  /** Background work that is done at once, on the thread that starts it. */
  private static final TaskRunner AT_ONCE = runner(Runnable::run);

  /** Background work that is never done. */
  private static final TaskRunner NEVER = runner(task -> {});

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final byte[] bytes = new byte[BLOCKS * BLOCK - 1_000];
  private final List<DiskCache> open = new ArrayList<>();

  DiskCacheTest() {
    new Random(3).nextBytes(bytes);
  }

  private interface Start {
    void start(Runnable task);
  }

  private static TaskRunner runner(Start start) {
    return new TaskRunner() {
      @Override
      public void start(String name, Runnable task) {
        start.start(task);
      }

      @Override
      public void sleep(Duration time) {
        throw new UnsupportedOperationException("a cache never sleeps");
      }
    };
  }

  private DiskCache open(TaskRunner tasks, long room) {
    DiskCache cache = DiskCache.open(folder, room, tasks, now::get);
    open.add(cache);
    return cache;
  }

  private DiskCache open() {
    return open(AT_ONCE, ROOM);
  }

  @AfterEach
  void close() {
    open.forEach(DiskCache::close);
  }

  private DiskBlob blob(DiskCache cache) {
    return cache.blob("ns/indexes/seg/vector.ivf", bytes.length);
  }

  private void offer(DiskBlob blob, int first, int end) {
    int from = first * BLOCK;
    blob.offer(first, bytes, from, Math.min(end * BLOCK, bytes.length) - from);
  }

  private boolean holds(int block, byte[] found, int offset, int length) {
    int from = block * BLOCK;
    return Arrays.equals(found, offset, offset + length, bytes, from, from + length);
  }

  /** Reads blocks and checks them; returns which were found. */
  private BitSet read(DiskBlob blob, int first, int end) {
    byte[] to = new byte[(int) (blob.offset(end) - blob.offset(first))];
    BitSet found = blob.read(first, end, to, this::holds);
    found.stream()
        .forEach(i -> {
          int length = (int) (blob.offset(first + i + 1) - blob.offset(first + i));
          assertThat(holds(first + i, to, i * BLOCK, length)).isTrue();
        });
    return found;
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    Arrays.stream(set).forEach(bits::set);
    return bits;
  }

  /** All files of the cache but its lock. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("lock"))
          .sorted()
          .toList();
    }
  }

  private long bytesOnDisk() throws IOException {
    long sum = 0;
    for (Path file : files()) {
      sum += Files.size(file);
    }
    return sum;
  }

  private void deleteEverything() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            if (!directory.equals(folder)) {
              Files.deleteIfExists(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void aBlockOfTheCacheIsABlockOfTheChecksums() {
    assertThat(ChunkFile.BLOCK).isEqualTo(Checksums.BLOCK);
  }

  @Test
  void whatWasOfferedIsFoundAndNothingElse() {
    DiskBlob blob = blob(open());
    assertThat(read(blob, 0, BLOCKS)).isEqualTo(bits());
    offer(blob, 3, 5);
    offer(blob, 60, 70);
    offer(blob, BLOCKS - 1, BLOCKS);
    assertThat(read(blob, 0, 10)).isEqualTo(bits(3, 4));
    assertThat(read(blob, 4, 62)).isEqualTo(bits(0, 56, 57));
    assertThat(read(blob, 63, 66)).isEqualTo(bits(0, 1, 2));
    assertThat(read(blob, BLOCKS - 2, BLOCKS)).as("the last one is shorter").isEqualTo(bits(1));
    assertThat(blob.has(60, 70)).isTrue();
    assertThat(blob.has(59, 62)).isFalse();
    assertThat(blob.hasSome(5, 60)).isFalse();
    assertThat(blob.hasSome(50, 61)).isTrue();
  }

  @Test
  void theFolderIsForItsOwnerOnly() throws IOException {
    offer(blob(open()), 0, 10);
    assertThat(files()).isNotEmpty();
    Path root = folder.resolve("blocks-1");
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(Files::isDirectory).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("%s", path)
            .isEqualTo("rwx------");
      }
    }
  }

  @Test
  void blobsAreToldApartByNameAndSize() {
    DiskCache cache = open();
    offer(blob(cache), 0, 2);
    assertThat(cache.blob("ns/indexes/seg/vector.ivf", bytes.length - 1L).hasSome(0, 2)).isFalse();
    assertThat(cache.blob("ns/indexes/seg/other.ivf", bytes.length).hasSome(0, 2)).isFalse();
    assertThat(blob(cache).has(0, 2)).isTrue();
  }

  @Test
  void trailersAreFoundByTheirLength() {
    DiskCache cache = open();
    byte[] trailer = Arrays.copyOf(bytes, 100_001);
    blob(cache).offerTrailer(trailer);
    assertThat(blob(cache).trailer(trailer.length)).hasValue(trailer);
    assertThat(blob(cache).trailer(28)).isEmpty();
    blob(cache).dropTrailer();
    assertThat(blob(cache).trailer(trailer.length)).isEmpty();
    blob(cache).offerTrailer(trailer);
    assertThat(blob(cache).trailer(trailer.length)).hasValue(trailer);
  }

  @Test
  void aRestartFindsWhatIsThereBeforeItHasLookedAtAllFilesAndAfter() throws IOException {
    DiskCache before = open();
    offer(blob(before), 3, 70);
    blob(before).offerTrailer(new byte[] {1, 2, 3});
    long stored = before.stats().bytes();
    before.close();
    for (TaskRunner scan : List.of(NEVER, AT_ONCE)) {
      try (DiskCache after = DiskCache.open(folder, ROOM, scan, now::get)) {
        assertThat(read(blob(after), 0, 80).cardinality()).isEqualTo(67);
        assertThat(blob(after).trailer(3)).hasValue(new byte[] {1, 2, 3});
        assertThat(after.stats().bytes()).isEqualTo(stored);
      }
    }
    assertThat(files()).hasSize(3);
  }

  @Test
  void aRestartWithLessRoomDropsWhatDoesNotFit() throws IOException {
    DiskCache before = open();
    offer(blob(before), 0, 128);
    before.close();
    long room = 5L << 20;
    open(AT_ONCE, room);
    assertThat(bytesOnDisk()).isLessThanOrEqualTo(room);
    assertThat(files()).hasSize(1);
  }

  @Test
  void closingWritesWhatWaits() {
    DiskCache cache = open(NEVER, ROOM);
    offer(blob(cache), 0, 4);
    assertThat(blob(cache).hasSome(0, 4)).isFalse();
    cache.close();
    assertThat(blob(open()).has(0, 4)).isTrue();
  }

  @Test
  void whatCannotBeWrittenFastEnoughIsNotWritten() {
    DiskCache cache = open(NEVER, 1L << 30);
    for (int blob = 0; blob < 20; blob++) {
      cache.blob("blob" + blob, bytes.length).offer(0, bytes, 0, bytes.length);
    }
    cache.settle();
    long found = 0;
    for (int blob = 0; blob < 20; blob++) {
      found += cache.blob("blob" + blob, bytes.length).has(0, BLOCKS) ? 1 : 0;
    }
    assertThat(found * bytes.length)
        .isLessThanOrEqualTo(64L << 20)
        .isGreaterThan((64L << 20) - bytes.length);
  }

  @Test
  void thereAreNeverMoreBytesOnDiskThanAllowed() throws IOException {
    long room = 3_000_000;
    DiskCache cache = open(AT_ONCE, room);
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      DiskBlob blob = cache.blob("blob" + random.nextInt(30), bytes.length);
      int first = random.nextInt(BLOCKS - 3);
      offer(blob, first, first + 1 + random.nextInt(3));
      assertThat(bytesOnDisk()).isLessThanOrEqualTo(room + sparse());
      assertThat(cache.stats().bytes()).isLessThanOrEqualTo(room);
    }
    assertThat(cache.stats().bytes()).as("the room is used").isGreaterThan(room / 2);
    assertThat(cache.stats().evictions()).isPositive();
  }

  /** Bytes of files that were never written: they have no place on disk. */
  private long sparse() throws IOException {
    long holes = 0;
    for (Path file : files()) {
      int present = Long.bitCount(ChunkFile.look(file).orElseThrow().present());
      holes += Math.max(0, Files.size(file) - ChunkFile.HEADER - (long) present * BLOCK);
    }
    return holes;
  }

  @Test
  void aTurnedBitAnywhereInAFileIsNeverGivenOut() {
    Seeded.run(random -> {
      for (int round = 0; round < 60; round++) {
        try (DiskCache cache = DiskCache.open(folder, ROOM, AT_ONCE, now::get)) {
          offer(blob(cache), 0, 6);
        }
        Path file = files().getFirst();
        byte[] damaged = Files.readAllBytes(file);
        int at = random.nextBoolean() ? random.nextInt(4096) : random.nextInt(damaged.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        try (DiskCache cache =
            DiskCache.open(folder, ROOM, round % 2 == 0 ? AT_ONCE : NEVER, now::get)) {
          // Checks each block that is found against what was written.
          BitSet found = read(blob(cache), 0, 6);
          offer(blob(cache), 0, 6);
          cache.settle();
          assertThat(read(blob(cache), 0, 6).cardinality())
              .as("byte %s was damaged, then found %s, then offered anew", at, found)
              .isEqualTo(6);
        }
      }
    });
  }

  @Test
  void aDamagedFileIsDroppedWhileRunningAndWrittenAnew() throws IOException {
    DiskCache cache = open();
    offer(blob(cache), 0, 128);
    Path file = folder.resolve("blocks-1").resolve(shardAndName(0));
    byte[] damaged = Files.readAllBytes(file);
    damaged[4096 + 5 * BLOCK] ^= 1;
    Files.write(file, damaged);
    assertThat(read(blob(cache), 0, 128).get(64, 128).cardinality()).isEqualTo(64);
    assertThat(file).doesNotExist();
    assertThat(read(blob(cache), 0, 64)).isEqualTo(bits());
    offer(blob(cache), 0, 64);
    assertThat(read(blob(cache), 0, 64).cardinality()).isEqualTo(64);
  }

  private Path shardAndName(int chunk) {
    try (DiskCache other = DiskCache.open(elsewhere, ROOM, NEVER, now::get)) {
      ChunkId id = blob(other).chunk(chunk);
      return Path.of(id.shard(), id.fileName());
    }
  }

  @Test
  void aFileCutShortAnywhereIsAMiss() throws IOException {
    DiskCache first = open();
    offer(blob(first), 0, 3);
    first.close();
    byte[] whole = Files.readAllBytes(files().getFirst());
    int[] lengths = {
      0,
      1,
      100,
      4095,
      4096,
      4097,
      4096 + BLOCK - 1,
      4096 + BLOCK,
      4096 + BLOCK + 1,
      whole.length - 1
    };
    for (int length : lengths) {
      for (boolean whileRunning : new boolean[] {false, true}) {
        Path file = folder.resolve("blocks-1").resolve(shardAndName(0));
        Files.write(file, whole);
        DiskCache cache = open();
        if (whileRunning) {
          assertThat(read(blob(cache), 0, 3).cardinality()).isEqualTo(3);
        }
        Files.write(file, Arrays.copyOf(whole, length));
        read(blob(cache), 0, 3);
        offer(blob(cache), 0, 3);
        assertThat(read(blob(cache), 0, 3).cardinality()).as("cut at %s", length).isEqualTo(3);
        cache.close();
        Files.deleteIfExists(file);
      }
    }
  }

  /** What a death of the process, or of the machine, in the middle of a write leaves behind. */
  @Test
  void aTornWriteIsAMiss() throws IOException {
    DiskCache first = open();
    offer(blob(first), 0, 2);
    first.close();
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    List<byte[]> torn = new ArrayList<>();
    for (int flags = 0; flags < 4; flags++) {
      for (int written : new int[] {0, 1, BLOCK / 2, BLOCK, BLOCK + 1, 2 * BLOCK}) {
        byte[] bytesThere = Arrays.copyOf(whole, whole.length);
        Arrays.fill(bytesThere, 4096 + written, whole.length, (byte) 0);
        bytesThere[4096 - 64] = (byte) (flags & 1);
        bytesThere[4096 - 63] = (byte) (flags >> 1);
        torn.add(bytesThere);
      }
    }
    torn.add(new byte[whole.length]);
    for (byte[] state : torn) {
      Files.write(file, state);
      DiskCache cache = open();
      // Checks each block that is found against what was written.
      read(blob(cache), 0, 2);
      offer(blob(cache), 0, 2);
      assertThat(read(blob(cache), 0, 2).cardinality()).isEqualTo(2);
      cache.close();
    }
  }

  @Test
  void filesThatAreNotOursAreDeletedInTheCachesOwnFolderAndNowhereElse() throws IOException {
    DiskCache first = open();
    offer(blob(first), 0, 3);
    first.close();
    Path own = folder.resolve("blocks-1");
    Path shard = own.resolve(shardAndName(0).subpath(0, 1));
    Path outside = Files.writeString(folder.resolve("somebody-elses"), "keep");
    Path random = Files.write(shard.resolve("0123"), new byte[50]);
    Path longer = Files.write(shard.resolve("a".repeat(32) + ".0"), new byte[5_000]);
    Path empty = Files.createFile(shard.resolve("b".repeat(32) + ".7"));
    Path copy =
        Files.copy(
            files().stream().filter(f -> f.toString().endsWith(".0")).findFirst().orElseThrow(),
            shard.resolve(shard.getFileName() + "c".repeat(30) + ".1"));
    Files.createDirectories(own.resolve("not-a-shard").resolve("below"));
    DiskCache cache = open();
    assertThat(List.of(random, longer, empty, copy)).allSatisfy(f -> assertThat(f).doesNotExist());
    assertThat(outside).hasContent("keep");
    assertThat(read(blob(cache), 0, 3).cardinality()).isEqualTo(3);
  }

  @Test
  void aFolderThatCannotBeUsedIsSaidOnceWithWhatToDo() throws IOException {
    Path file = Files.writeString(elsewhere.resolve("a-file"), "no folder");
    try (LogWatch log = LogWatch.atInfo(DiskCache.class);
        DiskCache off = DiskCache.open(file, ROOM, AT_ONCE, now::get)) {
      assertThat(off.blob("x", 10).has(0, 1)).isFalse();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARNING disk cache " + file)
          .contains("it stays off", "make it writable", "cache.disk_path", "cache.disk_size = 0");
    }
  }

  @Test
  void aFolderThatIsDeletedWhileRunningIsBegunAnew() throws IOException {
    DiskCache cache = open();
    offer(blob(cache), 0, 128);
    deleteEverything();
    assertThat(read(blob(cache), 0, 128)).isEqualTo(bits());
    offer(blob(cache), 70, 72);
    assertThat(read(blob(cache), 64, 128)).isEqualTo(bits(6, 7));
    assertThat(cache.stats().bytes()).isEqualTo(4096 + 2 * BLOCK);
    assertThat(files()).hasSize(1);
    cache.close();
    assertThat(read(blob(open()), 64, 128)).isEqualTo(bits(6, 7));
  }

  @Test
  void oneFileThatIsDeletedWhileRunningIsAMiss() throws IOException {
    DiskCache cache = open();
    offer(blob(cache), 0, 128);
    Files.delete(folder.resolve("blocks-1").resolve(shardAndName(1)));
    assertThat(read(blob(cache), 0, 128).cardinality()).isEqualTo(64);
    offer(blob(cache), 100, 102);
    assertThat(read(blob(cache), 64, 128)).isEqualTo(bits(36, 37));
  }

  @Test
  void aFullDiskStopsWritingForAWhileAndReadingNever() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: there is no /dev/full");
    DiskCache cache = open();
    offer(blob(cache), 0, 64);
    Path next = folder.resolve("blocks-1").resolve(shardAndName(1));
    Files.createDirectories(next.getParent());
    Files.createSymbolicLink(next, Path.of("/dev/full"));
    offer(blob(cache), 64, 66);
    assertThat(read(blob(cache), 0, 66).cardinality()).isEqualTo(64);
    assertThat(next).as("the file that could not be written is gone").doesNotExist();
    offer(blob(cache), 70, 72);
    assertThat(blob(cache).hasSome(64, 128)).as("not tried again at once").isFalse();
    now.updateAndGet(time -> time.plusSeconds(61));
    offer(blob(cache), 64, 66);
    assertThat(read(blob(cache), 0, 66).cardinality()).isEqualTo(66);
  }

  @Test
  void aFolderThatCannotBeCreatedLeavesTheCacheOffUntilItCan() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    DiskCache cache = DiskCache.open(file.resolve("cache"), ROOM, AT_ONCE, now::get);
    open.add(cache);
    offer(blob(cache), 0, 3);
    assertThat(blob(cache).hasSome(0, 3)).isFalse();
    Files.delete(file);
    offer(blob(cache), 0, 3);
    assertThat(blob(cache).hasSome(0, 3)).as("not tried again at once").isFalse();
    now.updateAndGet(time -> time.plusSeconds(61));
    offer(blob(cache), 0, 3);
    assertThat(read(blob(cache), 0, 3).cardinality()).isEqualTo(3);
  }

  @Test
  void oneOfTwoCachesOnOneFolderGoesWithoutUntilTheOtherIsClosed() {
    DiskCache first = open();
    DiskCache second = open();
    offer(blob(first), 0, 3);
    offer(blob(second), 0, 3);
    offer(blob(second), 5, 6);
    assertThat(blob(second).hasSome(0, 6)).isFalse();
    assertThat(read(blob(first), 0, 6)).isEqualTo(bits(0, 1, 2));
    first.close();
    assertThat(blob(first).hasSome(0, 6)).isFalse();
    now.updateAndGet(time -> time.plusSeconds(61));
    offer(blob(second), 5, 6);
    assertThat(read(blob(second), 0, 6)).isEqualTo(bits(0, 1, 2, 5));
  }

  @Test
  void anInterruptedReaderMissesAndLosesNothing() {
    DiskCache cache = open();
    offer(blob(cache), 0, 3);
    Thread.currentThread().interrupt();
    assertThat(read(blob(cache), 0, 3)).isEqualTo(bits());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(read(blob(cache), 0, 3).cardinality()).isEqualTo(3);
  }

  @Test
  void hitsAndMissesAreCountedByBlocks() {
    DiskCache cache = open();
    offer(blob(cache), 0, 3);
    read(blob(cache), 0, 4);
    assertThat(cache.stats().hits()).isEqualTo(3);
    assertThat(cache.stats().misses()).isEqualTo(1);
    assertThat(blob(cache).hasSome(10, 12)).isFalse();
    assertThat(cache.stats().misses()).isEqualTo(3);
    assertThat(cache.stats().hitRate()).isEqualTo(0.5);
  }

  @Test
  @Timeout(120)
  void readersWritersAndSomebodyWhoDeletesTheFolderDoNotDisturbEachOther() throws Exception {
    DiskCache cache = open(runner(task -> Thread.ofVirtual().start(task)), 6L << 20);
    AtomicBoolean stop = new AtomicBoolean();
    Thread deleter =
        Thread.ofPlatform()
            .start(() -> {
              SplittableRandom random = new SplittableRandom(1);
              while (!stop.get()) {
                try {
                  if (random.nextInt(4) == 0) {
                    deleteEverything();
                  } else {
                    for (Path file : files()) {
                      if (random.nextBoolean()) {
                        Files.deleteIfExists(file);
                      }
                    }
                  }
                } catch (IOException | UncheckedIOException e) {
                  // Somebody writes at the same time; there is more to delete next time.
                }
              }
            });
    try {
      Together.run(
          4,
          thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int round = 0; round < 400; round++) {
              DiskBlob blob = cache.blob("blob" + random.nextInt(5), bytes.length);
              int first = random.nextInt(BLOCKS - 8);
              int end = first + 1 + random.nextInt(8);
              if (random.nextBoolean()) {
                offer(blob, first, end);
              } else {
                // Checks each block that is found against what was written.
                read(blob, first, end);
              }
            }
            return thread;
          });
    } finally {
      stop.set(true);
      deleter.join();
    }
    // A write that finds its folder gone stops writing for a minute, and a chunk is known until
    // somebody finds its file gone: the last of three rounds is as if nothing had happened. What
    // the
    // cache keeps of it is its own choice.
    int found = 0;
    for (int round = 0; round < 3; round++) {
      found = 0;
      for (int number = 0; number < 5; number++) {
        DiskBlob blob = cache.blob("blob" + number, bytes.length);
        offer(blob, 0, 3);
        cache.settle();
        found += read(blob, 0, 3).cardinality();
      }
      now.updateAndGet(time -> time.plusSeconds(61));
    }
    assertThat(found).isPositive();
    assertThat(cache.stats().bytes()).isLessThanOrEqualTo(6L << 20);
  }
}
