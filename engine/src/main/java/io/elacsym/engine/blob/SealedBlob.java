package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The trailer of a sealed blob: payload, then one CRC-32C a block, then a footer. The payload's
 * size follows from the object's size, so the trailer's place is known without a look at the blob.
 */
final class SealedBlob {
  /** {@code "ELACBLOB"}. */
  private static final long MAGIC = 0x424F4C4243414C45L;

  private static final int VERSION = 1;

  /** magic 8, version 4, block size 4, payload size 8, CRC of table and footer before it 4. */
  static final int FOOTER = 28;

  private SealedBlob() {}

  static byte[] trailer(Checksums checksums) {
    byte[] table = checksums.toBytes();
    ByteBuffer trailer =
        ByteBuffer.allocate(table.length + FOOTER).order(ByteOrder.LITTLE_ENDIAN).put(table);
    trailer.putLong(MAGIC).putInt(VERSION).putInt(Checksums.BLOCK).putLong(checksums.blobBytes());
    return trailer.putInt(Checksums.of(trailer.array(), 0, trailer.position())).array();
  }

  /** Size of the payload of an object of {@code objectBytes}. */
  static long payloadBytes(String name, long objectBytes) {
    long rest = objectBytes - FOOTER;
    // rest = payload + 4 * ceil(payload / BLOCK)
    long blocks = (rest + Checksums.BLOCK + 3) / (Checksums.BLOCK + 4L);
    long payload = rest - 4 * blocks;
    if (rest < 0 || payload < 0 || Checksums.blocks(payload) != blocks) {
      throw damaged(name, "its size " + objectBytes + " is not that of a sealed blob");
    }
    return payload;
  }

  static Checksums parse(String name, long payloadBytes, byte[] trailer) {
    int expected = Checksums.blocks(payloadBytes) * 4 + FOOTER;
    if (trailer.length != expected) {
      throw damaged(name, "its trailer has " + trailer.length + " bytes, not " + expected);
    }
    ByteBuffer footer =
        ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).position(trailer.length - FOOTER);
    if (footer.getLong() != MAGIC) {
      throw damaged(name, "it does not end as a sealed blob");
    }
    int version = footer.getInt();
    if (version != VERSION) {
      throw damaged(name, "it has version " + version + ", this program reads " + VERSION);
    }
    if (footer.getInt() != Checksums.BLOCK || footer.getLong() != payloadBytes) {
      throw damaged(name, "its footer does not fit its size");
    }
    if (footer.getInt() != Checksums.of(trailer, 0, trailer.length - 4)) {
      throw damaged(name, "the checksum of its trailer does not hold");
    }
    return Checksums.parse(payloadBytes, ByteBuffer.wrap(trailer));
  }

  private static ElacsymException damaged(String name, String why) {
    return ElacsymException.corrupt("object " + name + " is damaged: " + why);
  }
}
