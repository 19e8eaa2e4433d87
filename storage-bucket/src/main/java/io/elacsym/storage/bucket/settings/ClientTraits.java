package io.elacsym.storage.bucket.settings;

/**
 * In what the options of storages in a bucket differ, because their client libraries do.
 *
 * @param credentials where they come from when no option has them, in words
 * @param largestPart the most bytes of a part, in whole GiB
 * @param partsInMemory whether what is being sent is held in memory
 */
public record ClientTraits(String credentials, long largestPart, boolean partsInMemory) {
  public ClientTraits {
    if (largestPart < BucketSettings.GIB || largestPart % BucketSettings.GIB != 0) {
      throw new IllegalArgumentException(
          "largestPart is " + largestPart + ", expected a multiple of " + BucketSettings.GIB);
    }
  }

  String largestPartInWords() {
    return largestPart / BucketSettings.GIB + "GB";
  }
}
