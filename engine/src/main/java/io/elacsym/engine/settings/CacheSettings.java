package io.elacsym.engine.settings;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies of stored bytes.
 *
 * @param memoryBytes bound of the memory cache
 * @param diskBytes bound of the disk cache; 0 turns it off
 * @param diskPath folder of the disk cache
 */
public record CacheSettings(long memoryBytes, long diskBytes, Path diskPath) {
  private static final Option MEMORY_SIZE =
      Option.of(
              "memory_size",
              OptionType.BYTES,
              "4GB",
              "Most bytes in memory; never more than a quarter of the Java heap.")
          .withinHeap(4)
          .fromEnvironment("ELACSYM_CACHE_MEMORY_SIZE");

  private static final Option DISK_SIZE =
      Option.of(
              "disk_size",
              OptionType.BYTES,
              "100GB",
              "Most bytes on disk; 0 turns the disk cache off. Data on local storage is"
                  + " not copied to it.")
          .fromEnvironment("ELACSYM_CACHE_DISK_SIZE");

  private static final Option DISK_PATH =
      Option.of(
              "disk_path",
              OptionType.PATH,
              "./cache",
              "Folder of the disk cache and, with a bucket, of the temporary files of flushes.")
          .fromEnvironment("ELACSYM_CACHE_DISK_PATH");

  static final SettingsSection SECTION =
      new SettingsSection(
          "cache",
          "Copies of stored bytes, which may be deleted at any time.",
          List.of(MEMORY_SIZE, DISK_SIZE, DISK_PATH));

  static CacheSettings of(Options given) {
    return new CacheSettings(
        given.bytesWithinHeap(MEMORY_SIZE.key()),
        given.bytes(DISK_SIZE.key()),
        given.path(DISK_PATH.key()));
  }
}
