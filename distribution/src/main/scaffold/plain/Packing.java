package %package%;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.elacsym.api.ElacsymException;

/**
 * Makes bytes smaller, by a library. Nothing uses it yet: it shows how a plugin sees a library, which
 * is on its private class path and not in the module-info.
 */
final class Packing {
  private static final int LEVEL = 3;

  private Packing() {}

  static byte[] pack(byte[] bytes) {
    return Zstd.compress(bytes, LEVEL);
  }

  /**
   * The bytes that were packed.
   *
   * @param size how many they were
   * @throws ElacsymException {@code CORRUPT} when these are no packed bytes of that size
   */
  static byte[] unpack(byte[] packed, int size) {
    byte[] bytes = new byte[size];
    try {
      if (Zstd.decompress(bytes, packed) != size) {
        throw ElacsymException.corrupt("the packed bytes are fewer than " + size);
      }
    } catch (ZstdException e) {
      throw ElacsymException.corrupt("the packed bytes are damaged: " + e.getMessage());
    }
    return bytes;
  }
}
