package io.elacsym.storage.local;

import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Writes and deletes from a seed until it is killed; prints the number of each finished step. */
final class CrashWriter {
  private CrashWriter() {}

  /** What step {@code number} does. */
  record Step(long number, String name, boolean isDelete, int size) {
    static Step of(long seed, long number) {
      Random random = new Random(seed * 1_000_003 + number);
      String name = "ns" + random.nextInt(3) + "/deep/o" + random.nextInt(5);
      boolean isDelete = random.nextInt(4) == 0;
      return new Step(number, name, isDelete, 12 + random.nextInt(200_000));
    }

    /** The step's number, its bytes, and a checksum of both. */
    byte[] payload() {
      byte[] bytes = new byte[size];
      new Random(number).nextBytes(bytes);
      ByteBuffer.wrap(bytes).putLong(0, number);
      ByteBuffer.wrap(bytes).putInt(size - 4, checksum(bytes));
      return bytes;
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - 4);
    return (int) crc.getValue();
  }

  static boolean isWhole(byte[] bytes) {
    return bytes.length >= 12 && ByteBuffer.wrap(bytes).getInt(bytes.length - 4) == checksum(bytes);
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(0);
  }

  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[1]);
    try (Storage storage = LocalStorage.open(Path.of(arguments[0]), Clock.systemUTC())) {
      for (long number = Long.parseLong(arguments[2]); ; number++) {
        Step step = Step.of(seed, number);
        if (step.isDelete()) {
          storage.delete(List.of(step.name()));
        } else {
          PutResult result =
              storage.put(step.name(), Payload.of(step.payload()), PutMode.OVERWRITE);
          if (result.outcome() != PutResult.Outcome.WON) {
            throw new IllegalStateException(step + " ended as " + result);
          }
        }
        System.out.println(number);
        System.out.flush();
      }
    }
  }
}
