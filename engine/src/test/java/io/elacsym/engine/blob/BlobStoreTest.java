package io.elacsym.engine.blob;

import static io.elacsym.engine.blob.SealedBlobTest.assertCorrupt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.blob.ScriptedStorage.Put;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.disk.Scratches;
import io.elacsym.engine.model.Seeded;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoreTest {
  private static final Scratch SCRATCH = Scratches.shared();

  private static final int BLOCK = Checksums.BLOCK;

  private final ScriptedStorage storage = new ScriptedStorage();
  private final BlobStore store =
      new BlobStore(storage, new BlockCache(64L << 20), Optional.empty(), SCRATCH, bytes -> {});

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 196_608, 300_000})
  void aBlobOfAnySizeReadsBackSealedOrNot(int size) {
    Seeded.run(random -> {
      byte[] bytes = bytes(random, size);
      long sealed = putSealed("sealed", bytes);
      Checksums checksums = putPlain("plain", bytes);
      for (BlobSource source :
          List.of(
              openSealed("sealed", sealed),
              store.openSealedUncached("sealed", sealed),
              open("plain", checksums),
              store.openUncached("plain", checksums))) {
        assertThat(source.size()).isEqualTo(size);
        assertThat(source.read(0, size).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
      }
    });
  }

  @Test
  void everyRangeIsTheSameBytesAsInTheOriginal() {
    Seeded.run(random -> {
      byte[] bytes = bytes(random, 7 * BLOCK + 321);
      BlobSource source = openSealed("x", putSealed("x", bytes));
      for (int round = 0; round < 300; round++) {
        List<ByteRange> ranges = new ArrayList<>();
        for (int left = random.nextInt(6); left >= 0; left--) {
          int from = random.nextInt(bytes.length + 1);
          int most = random.nextBoolean() ? 100 : bytes.length;
          ranges.add(new ByteRange(from, random.nextInt(Math.min(most, bytes.length - from) + 1)));
        }
        List<MemorySegment> parts = source.readAll(ranges);
        assertThat(parts).hasSameSizeAs(ranges);
        for (int i = 0; i < ranges.size(); i++) {
          ByteRange range = ranges.get(i);
          assertThat(parts.get(i).isReadOnly()).isTrue();
          assertThat(parts.get(i).toArray(ValueLayout.JAVA_BYTE))
              .as("%s", range)
              .isEqualTo(Arrays.copyOfRange(bytes, (int) range.offset(), (int) range.end()));
        }
      }
    });
  }

  @Test
  void aTurnedBitAnywhereInTheObjectIsCorruptWhereItIsRead() {
    Seeded.run(random -> {
      byte[] bytes = bytes(random, 3 * BLOCK + 9);
      long size = putSealed("x", bytes);
      byte[] object = storage.objects().get("x", ByteRange.ALL).orElseThrow().bytes();
      for (int round = 0; round < 150; round++) {
        int at = round < 40 ? object.length - 1 - round : random.nextInt(object.length);
        byte[] damaged = object.clone();
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        overwrite("x", damaged);
        assertCorrupt(
            () -> store.openSealedUncached("x", size).read(Math.min(at, bytes.length - 1), 1),
            "object x");
      }
    });
  }

  @Test
  void damageInOneBlockLeavesTheOthersReadable() {
    byte[] bytes = bytes(new Random(1), 3 * BLOCK);
    Checksums checksums = putPlain("x", bytes);
    byte[] damaged = bytes.clone();
    damaged[BLOCK] ^= 1;
    overwrite("x", damaged);
    BlobSource source = open("x", checksums);
    assertThat(source.read(0, BLOCK).byteSize()).isEqualTo(BLOCK);
    assertThat(source.read(2 * BLOCK, BLOCK).byteSize()).isEqualTo(BLOCK);
    assertCorrupt(() -> source.read(BLOCK + 5, 1), "object x", "block 1");
  }

  @Test
  void aTransferThatWentWrongIsReadAgainBeforeItIsCalledDamage() {
    byte[] bytes = bytes(new Random(1), BLOCK);
    long size = putSealed("sealed", bytes);
    Checksums checksums = putPlain("x", bytes);
    storage.damageGets(2);
    assertThat(store.openUncached("x", checksums).read(0, BLOCK).toArray(ValueLayout.JAVA_BYTE))
        .isEqualTo(bytes);
    storage.damageGets(2);
    assertThat(openSealed("sealed", size).size()).isEqualTo(BLOCK);
    storage.damageGets(3);
    assertCorrupt(() -> store.openUncached("x", checksums).read(0, BLOCK), "object x");
  }

  @Test
  void aMissingObjectIsCorruptAndNamed() {
    assertCorrupt(() -> openSealed("gone", 28), "object gone is missing");
    assertCorrupt(
        () -> open("gone", new Checksums(1, new int[1])).read(0, 1), "object gone is missing");
  }

  @Test
  void anObjectOfAnotherSizeThanTheManifestSaysIsCorrupt() {
    byte[] bytes = bytes(new Random(1), 2 * BLOCK);
    long size = putSealed("x", bytes);
    Checksums checksums = putPlain("plain", bytes);
    byte[] object = storage.objects().get("x", ByteRange.ALL).orElseThrow().bytes();
    for (int length : new int[] {0, 1, BLOCK, object.length - 1, object.length + 1}) {
      overwrite("x", Arrays.copyOf(object, length));
      assertCorrupt(() -> openSealed("x", size), "object x", Integer.toString(length));
    }
    overwrite("plain", Arrays.copyOf(bytes, BLOCK + 1));
    BlobSource source = open("plain", checksums);
    assertThat(source.read(0, BLOCK).byteSize()).isEqualTo(BLOCK);
    assertCorrupt(() -> source.read(BLOCK, 1), "object plain", Integer.toString(BLOCK + 1));
  }

  @Test
  void aRangeBeyondTheEndIsCorrupt() {
    BlobSource source = open("x", putPlain("x", new byte[10]));
    assertCorrupt(() -> source.read(5, 6), "object x has 10 bytes");
    assertCorrupt(() -> source.readAll(List.of(ByteRange.ALL)), "object x has 10 bytes");
    assertThat(source.read(10, 0).byteSize()).isZero();
  }

  @Test
  void aPutInDoubtIsRepeatedUntilItIsSure() {
    storage.nextPuts(Put.DOUBT_STORED, Put.DOUBT_NOT_STORED, Put.NORMAL);
    long size = putSealed("x", new byte[] {1});
    assertThat(openSealed("x", size).read(0, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
    assertThat(store.head("x").orElseThrow().size()).isEqualTo(size);
  }

  @Test
  void aPutThatStaysInDoubtIsUnavailable() {
    storage.nextPuts(Put.DOUBT_STORED, Put.DOUBT_STORED, Put.DOUBT_STORED, Put.DOUBT_STORED);
    assertThatThrownBy(() -> putSealed("x", new byte[1]))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining("object x");
  }

  private BlobSource openSealed(String name, long objectBytes) {
    return store.openSealed(name, objectBytes, 0, held -> {});
  }

  private BlobSource open(String name, Checksums checksums) {
    return store.open(name, checksums, 0, Optional.empty(), held -> {});
  }

  private long putSealed(String name, byte[] bytes) {
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(bytes);
      file.seal();
      return store.put(name, file);
    }
  }

  private Checksums putPlain(String name, byte[] bytes) {
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(bytes);
      Checksums checksums = file.finish();
      assertThat(store.put(name, file)).isEqualTo(bytes.length);
      return checksums;
    }
  }

  private void overwrite(String name, byte[] bytes) {
    storage.objects().put(name, Payload.of(bytes), PutMode.OVERWRITE);
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
