package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.storage.bucket.settings.BucketOptions;
import io.elacsym.storage.bucket.settings.BucketSettings;
import io.elacsym.storage.bucket.settings.ClientTraits;
import java.util.List;

/**
 * The checked options of one bucket.
 *
 * @param checksumsAlways whether uploads carry a checksum also where S3 does not require one
 */
record S3Settings(BucketSettings common, boolean checksumsAlways) {
  /** The most that one request may carry to S3. */
  static final long LARGEST_BODY = 5L << 30;

  private static final String CHECKSUMS = "checksums";

  private static final ClientTraits CLIENT =
      new ClientTraits(
          "where the AWS SDK looks: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a"
              + " web identity token, ~/.aws, the container, the instance",
          LARGEST_BODY,
          false);

  private static final String WHEN_SUPPORTED = "when_supported";

  static final List<Option> OPTIONS =
      BucketOptions.of(
          CLIENT,
          Option.of(
                  CHECKSUMS,
                  OptionType.TEXT,
                  WHEN_SUPPORTED,
                  "when_supported: all uploads carry a checksum for the store to verify."
                      + " when_required: only those that must, for stores that know no newer"
                      + " checksums than MD5.")
              .oneOf(WHEN_SUPPORTED, "when_required"));

  /**
   * Reads the options.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the option, its value and what was
   *     expected
   */
  static S3Settings of(Options options) {
    return new S3Settings(
        BucketSettings.of(options), options.text(CHECKSUMS).equals(WHEN_SUPPORTED));
  }
}
