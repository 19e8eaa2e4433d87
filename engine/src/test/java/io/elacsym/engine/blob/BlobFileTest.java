package io.elacsym.engine.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.storage.Payload;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.disk.Scratches;
import io.elacsym.engine.model.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlobFileTest {
  private static final Scratch SCRATCH = Scratches.shared();

  @Test
  void bytesComeOutAsTheyWentInHoweverTheyWereWritten() {
    Seeded.run(random -> {
      byte[] bytes = new byte[3 * Checksums.BLOCK + 17];
      random.nextBytes(bytes);
      try (BlobFile file = BlobFile.create(SCRATCH);
          Arena arena = Arena.ofConfined()) {
        int at = 0;
        while (at < bytes.length) {
          int part = Math.min(bytes.length - at, random.nextInt(Checksums.BLOCK + 2));
          switch (random.nextInt(3)) {
            case 0 -> file.write(bytes, at, part);
            case 1 -> file.write(MemorySegment.ofArray(bytes).asSlice(at, part));
            default ->
                file.write(
                    arena
                        .allocate(part + 1L)
                        .asSlice(0, part)
                        .copyFrom(MemorySegment.ofArray(bytes).asSlice(at, part)));
          }
          at += part;
          assertThat(file.position()).isEqualTo(at);
        }
        Checksums checksums = file.finish();
        assertThat(checksums.blobBytes()).isEqualTo(bytes.length);
        assertThat(checksums.crcs()).hasSize(4);
        assertThat(checksums.firstDamage(0, bytes, 0, bytes.length)).isEqualTo(-1);
        assertThat(read(file.payload())).isEqualTo(bytes);
      }
    });
  }

  @Test
  void aSealedFileIsThePayloadFollowedByItsTrailer() throws IOException {
    byte[] bytes = {1, 2, 3};
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(bytes);
      file.seal();
      byte[] object = read(file.payload());
      assertThat(Arrays.copyOf(object, 3)).isEqualTo(bytes);
      assertThat(object).hasSize(3 + 4 + SealedBlob.FOOTER);
      assertThat(SealedBlob.payloadBytes("x", object.length)).isEqualTo(3);
    }
  }

  @Test
  void aPayloadCanBeReadAgainForASecondUpload() throws IOException {
    try (BlobFile file = BlobFile.create(SCRATCH)) {
      file.write(new byte[] {4, 5});
      file.seal();
      Payload payload = file.payload();
      assertThat(read(payload)).isEqualTo(read(payload)).hasSize((int) payload.size());
    }
  }

  @Test
  void closingDeletesTheTemporaryFile() {
    BlobFile file = BlobFile.create(SCRATCH);
    file.write(new byte[100_000]);
    file.finish();
    Payload payload = file.payload();
    file.close();
    assertThatThrownBy(payload::open).isInstanceOf(NoSuchFileException.class);
    file.close();
  }

  @Test
  void anAbandonedFileIsDeletedToo() {
    BlobFile file = BlobFile.create(SCRATCH);
    Payload payload = file.payload();
    file.write(new byte[10]);
    file.close();
    assertThatThrownBy(payload::open).isInstanceOf(NoSuchFileException.class);
  }

  private static byte[] read(Payload payload) throws IOException {
    try (InputStream stream = payload.open()) {
      return stream.readAllBytes();
    }
  }
}
