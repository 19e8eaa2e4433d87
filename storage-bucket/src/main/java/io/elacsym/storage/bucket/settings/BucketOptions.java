package io.elacsym.storage.bucket.settings;

import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import java.util.List;
import java.util.stream.Stream;

/** The options that every storage in a bucket has, under the same names and with one meaning. */
public final class BucketOptions {
  static final String BUCKET = "bucket";
  static final String REGION = "region";
  static final String ENDPOINT = "endpoint";
  static final String PATH_STYLE = "path_style";
  static final String PREFIX = "prefix";
  static final String SSE = "sse";
  static final String SSE_KMS_KEY_ID = "sse_kms_key_id";
  static final String ACCESS_KEY_ID = "access_key_id";
  static final String SECRET_ACCESS_KEY = "secret_access_key";
  static final String ATTEMPT_TIMEOUT = "attempt_timeout";
  static final String REQUEST_TIMEOUT = "request_timeout";
  static final String MAX_ATTEMPTS = "max_attempts";
  static final String MAX_CONNECTIONS = "max_connections";
  static final String MULTIPART_THRESHOLD = "multipart_threshold";
  static final String PART_SIZE = "part_size";

  /** The smallest part that S3 takes; only the last part of an upload may be smaller. */
  private static final String LEAST_PART = "5MB";

  private BucketOptions() {}

  /**
   * The options of one storage.
   *
   * @param more what only this one has
   */
  public static List<Option> of(ClientTraits client, Option... more) {
    return Stream.of(where(), access(client), requests(), sizes(client), List.of(more))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Option> where() {
    return List.of(
        Option.required(BUCKET, OptionType.TEXT, "Name of the bucket, which must exist.")
            .fromEnvironment("ELACSYM_S3_BUCKET"),
        Option.required(
                REGION,
                OptionType.TEXT,
                "Region of the bucket, such as us-west-2; us-east-1 for a MinIO that was not told"
                    + " otherwise. Most stores but these two take any.")
            .fromEnvironment("ELACSYM_S3_REGION"),
        Option.optional(
                ENDPOINT,
                OptionType.TEXT,
                "URL of the store, such as http://localhost:9000; without it, Amazon's.")
            .fromEnvironment("ELACSYM_S3_ENDPOINT"),
        Option.optional(
            PATH_STYLE,
            OptionType.FLAG,
            "Whether the bucket stands in the path of a URL and not in its host name; by default"
                + " true when there is an endpoint."),
        Option.optional(
            PREFIX,
            OptionType.TEXT,
            "What all keys start with, such as search/production; a slash follows it. Without"
                + " one the bucket is ours alone."));
  }

  private static List<Option> access(ClientTraits client) {
    return List.of(
        Option.of(
                SSE,
                OptionType.TEXT,
                "none",
                "Encryption at rest that puts ask for; none is whatever the" + " bucket is set to.")
            .oneOf("none", "sse-s3", "sse-kms"),
        Option.optional(
            SSE_KMS_KEY_ID,
            OptionType.TEXT,
            "Key for sse-kms; without it, the store's own key for S3."),
        Option.optional(
                ACCESS_KEY_ID,
                OptionType.TEXT,
                "Access key; without it credentials come from " + client.credentials() + ".")
            .asSecret(),
        Option.optional(SECRET_ACCESS_KEY, OptionType.TEXT, "Secret that belongs to access_key_id.")
            .asSecret());
  }

  private static List<Option> requests() {
    return List.of(
        Option.of(
                ATTEMPT_TIMEOUT,
                OptionType.DURATION,
                "30s",
                "How long one try of a request may take; one second longer for each MiB"
                    + " it carries.")
            .between("100ms", "1h"),
        Option.of(
                REQUEST_TIMEOUT,
                OptionType.DURATION,
                "2m",
                "How long all tries of a request may take together, at least attempt_timeout;"
                    + " longer likewise.")
            .between("100ms", "1d"),
        Option.of(
                MAX_ATTEMPTS,
                OptionType.INTEGER,
                "5",
                "How often a request is tried. A conditional put is tried again only if the"
                    + " try before surely stored nothing.")
            .between("1", "20"),
        Option.of(MAX_CONNECTIONS, OptionType.INTEGER, "64", "Most requests at once; others wait.")
            .between("1", "10000"));
  }

  private static List<Option> sizes(ClientTraits client) {
    return List.of(
        Option.of(
                MULTIPART_THRESHOLD,
                OptionType.BYTES,
                "32MB",
                "Size above which an object is uploaded in parts.")
            .between(LEAST_PART, client.largestPartInWords()),
        Option.of(
                PART_SIZE,
                OptionType.BYTES,
                "16MB",
                client.partsInMemory()
                    ? "Size of a part; four parts of an object are in memory at a time."
                    : "Size of a part.")
            .between(LEAST_PART, client.largestPartInWords()));
  }
}
