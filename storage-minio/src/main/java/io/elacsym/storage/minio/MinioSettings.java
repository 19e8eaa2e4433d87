package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.api.storage.Storage;
import io.minio.GetObjectArgs;
import io.minio.Http;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The checked options of one bucket.
 *
 * @param url where the store listens, which region it is in, and where a URL has the bucket
 * @param prefix what all keys start with; empty, or ends with a slash
 * @param encryption headers that tell the store to encrypt what we put
 * @param keys empty: they are looked for in the usual places
 * @param attemptTimeout of one try of a request
 * @param requestTimeout of all tries of a request
 * @param maxAttempts tries of a request that may be repeated
 * @param multipartThreshold size in bytes above which an unconditional put is a multipart upload
 * @param partSize in bytes
 */
record MinioSettings(
    String bucket,
    Http.BaseUrl url,
    String prefix,
    Map<String, String> encryption,
    Optional<Keys> keys,
    Duration attemptTimeout,
    Duration requestTimeout,
    int maxAttempts,
    int maxConnections,
    int multipartThreshold,
    int partSize) {

  private static final String BUCKET = "bucket";
  private static final String REGION = "region";
  private static final String ENDPOINT = "endpoint";
  private static final String PATH_STYLE = "path_style";
  private static final String PREFIX = "prefix";
  private static final String SSE = "sse";
  private static final String SSE_KMS_KEY_ID = "sse_kms_key_id";
  private static final String ACCESS_KEY_ID = "access_key_id";
  private static final String SECRET_ACCESS_KEY = "secret_access_key";
  private static final String ATTEMPT_TIMEOUT = "attempt_timeout";
  private static final String REQUEST_TIMEOUT = "request_timeout";
  private static final String MAX_ATTEMPTS = "max_attempts";
  private static final String MAX_CONNECTIONS = "max_connections";
  private static final String MULTIPART_THRESHOLD = "multipart_threshold";
  private static final String PART_SIZE = "part_size";

  /** The names and meanings of the plugin {@code s3}, as far as the two have the same. */
  static final List<Option> OPTIONS =
      List.of(
          Option.required(BUCKET, OptionType.TEXT, "Name of the bucket, which must exist.")
              .fromEnvironment("ELACSYM_S3_BUCKET"),
          Option.required(
                  REGION,
                  OptionType.TEXT,
                  "Region of the bucket, such as us-west-2; us-east-1 for a MinIO that was not told"
                      + " otherwise.")
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
                  + " one the bucket is ours alone."),
          Option.of(
              SSE,
              OptionType.TEXT,
              "none",
              "Encryption at rest that puts ask for: sse-s3, sse-kms, or none: whatever the"
                  + " bucket is set to."),
          Option.optional(
              SSE_KMS_KEY_ID,
              OptionType.TEXT,
              "Key for sse-kms; without it, the store's own key for S3."),
          Option.optional(
                  ACCESS_KEY_ID,
                  OptionType.TEXT,
                  "Access key; without it credentials come from the first of these that has some:"
                      + " the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the variables"
                      + " MINIO_ACCESS_KEY and MINIO_SECRET_KEY, ~/.aws/credentials, the alias in"
                      + " ~/.mc/config.json that MINIO_ALIAS names, a web identity token, the"
                      + " container, the instance.")
              .kept(),
          Option.optional(
                  SECRET_ACCESS_KEY, OptionType.TEXT, "Secret that belongs to access_key_id.")
              .kept(),
          Option.of(
              ATTEMPT_TIMEOUT,
              OptionType.DURATION,
              "30s",
              "How long one try of a request may take, 100ms to 1h; one second longer for each MiB"
                  + " it carries."),
          Option.of(
              REQUEST_TIMEOUT,
              OptionType.DURATION,
              "2m",
              "How long all tries of a request may take together, from attempt_timeout to 1d;"
                  + " longer likewise."),
          Option.of(
              MAX_ATTEMPTS,
              OptionType.INTEGER,
              "5",
              "How often a request is tried, 1 to 20. A conditional put is tried again only if the"
                  + " try before surely stored nothing."),
          Option.of(
              MAX_CONNECTIONS,
              OptionType.INTEGER,
              "64",
              "Most requests at once, 1 to 10000; others wait."),
          Option.of(
              MULTIPART_THRESHOLD,
              OptionType.BYTES,
              "32MB",
              "Size above which an object is uploaded in parts, 5MB to 1GB."),
          Option.of(
              PART_SIZE,
              OptionType.BYTES,
              "16MB",
              "Size of a part, 5MB to 1GB; four parts of an object are in memory at a time."));

  private static final long MIB = 1 << 20;
  private static final long MIN_PART = 5 * MIB;
  private static final long MAX_PART = 1024 * MIB;
  private static final int MAX_PREFIX = 200;
  private static final String DIRECTORY_BUCKET = "--x-s3";

  /** Credentials that the configuration names. */
  record Keys(String accessKeyId, String secretAccessKey) {
    @Override
    public String toString() {
      return "Keys[hidden]";
    }
  }

  /**
   * Reads the options.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the option, its value and what was
   *     expected
   */
  static MinioSettings of(Options options) {
    Duration attempt =
        between(options, ATTEMPT_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(1));
    return new MinioSettings(
        bucket(options.text(BUCKET)),
        url(options),
        prefix(options.find(PREFIX).orElse("")),
        encryption(options),
        keys(options),
        attempt,
        between(options, REQUEST_TIMEOUT, attempt, Duration.ofDays(1)),
        options.integer(MAX_ATTEMPTS, 1, 20),
        options.integer(MAX_CONNECTIONS, 1, 10_000),
        size(options, MULTIPART_THRESHOLD),
        size(options, PART_SIZE));
  }

  private static String bucket(String name) {
    checkByClient(
        BUCKET, name, "3 to 63 of a-z, 0-9, '-' and '.'", GetObjectArgs.builder()::bucket);
    if (name.endsWith(DIRECTORY_BUCKET)) {
      throw ElacsymException.invalid(
          "bucket '"
              + name
              + "' is a directory bucket, which lists objects in no order; use a general purpose"
              + " bucket");
    }
    return name;
  }

  private static Http.BaseUrl url(Options options) {
    String region = options.text(REGION);
    checkByClient(REGION, region, "a name such as us-west-2", GetObjectArgs.builder()::region);
    Optional<String> endpoint = options.find(ENDPOINT).filter(s -> !s.isBlank());
    Http.BaseUrl url = endpoint.map(given -> server(given.strip())).orElseGet(() -> amazon(region));
    url.setRegion(region);
    if (options.find(PATH_STYLE).map(Boolean::parseBoolean).orElse(endpoint.isPresent())) {
      url.disableVirtualStyleEndpoint();
    } else {
      url.enableVirtualStyleEndpoint();
    }
    return url;
  }

  private static void checkByClient(
      String key, String value, String expected, Consumer<String> client) {
    try {
      client.accept(value);
    } catch (IllegalArgumentException e) {
      throw ElacsymException.invalid(key + " is '" + value + "', expected " + expected);
    }
  }

  private static Http.BaseUrl server(String endpoint) {
    @Nullable HttpUrl url = HttpUrl.parse(endpoint);
    if (url != null && url.query() == null && url.username().isEmpty()) {
      try {
        return new Http.BaseUrl(url);
      } catch (IllegalArgumentException e) {
        // A path, or a host of Amazon's that cannot be S3. Told below, as any other.
      }
    }
    throw ElacsymException.invalid(
        ENDPOINT
            + " is '"
            + endpoint
            + "', expected a URL without a path, such as http://localhost:9000");
  }

  private static Http.BaseUrl amazon(String region) {
    String china = region.startsWith("cn-") ? ".cn" : "";
    return new Http.BaseUrl("https://s3." + region + ".amazonaws.com" + china);
  }

  private static String prefix(String text) {
    if (text.isEmpty()) {
      return "";
    }
    String folder = text.endsWith("/") ? text : text + "/";
    try {
      Storage.checkName(folder.substring(0, folder.length() - 1));
    } catch (ElacsymException e) {
      throw badPrefix(text);
    }
    if (folder.length() > MAX_PREFIX) {
      throw badPrefix(text);
    }
    return folder;
  }

  private static ElacsymException badPrefix(String text) {
    return ElacsymException.invalid(
        "prefix is '"
            + text
            + "', expected at most "
            + MAX_PREFIX
            + " of A-Z a-z 0-9 - _ . and single slashes between names, such as"
            + " search/production");
  }

  private static Map<String, String> encryption(Options options) {
    String kind = options.text(SSE);
    Optional<String> keyId = options.find(SSE_KMS_KEY_ID).filter(id -> !id.isBlank());
    if (keyId.isPresent() && !kind.equals("sse-kms")) {
      throw ElacsymException.invalid(
          SSE_KMS_KEY_ID + " is set and sse is " + kind + "; set sse to sse-kms or drop the key");
    }
    String header = "x-amz-server-side-encryption";
    return switch (kind) {
      case "none" -> Map.of();
      case "sse-s3" -> Map.of(header, "AES256");
      case "sse-kms" ->
          keyId
              .map(id -> Map.of(header, "aws:kms", header + "-aws-kms-key-id", id))
              .orElse(Map.of(header, "aws:kms"));
      default ->
          throw ElacsymException.invalid(
              SSE + " is '" + kind + "', expected none, sse-s3 or sse-kms");
    };
  }

  private static Optional<Keys> keys(Options options) {
    Optional<String> id = options.find(ACCESS_KEY_ID).filter(text -> !text.isBlank());
    Optional<String> secret = options.find(SECRET_ACCESS_KEY).filter(text -> !text.isBlank());
    if (id.isPresent() != secret.isPresent()) {
      throw ElacsymException.invalid(
          (id.isPresent() ? ACCESS_KEY_ID : SECRET_ACCESS_KEY)
              + " is set and "
              + (id.isPresent() ? SECRET_ACCESS_KEY : ACCESS_KEY_ID)
              + " is missing; give both, or neither to look in the usual places");
    }
    return id.map(given -> new Keys(given, secret.orElseThrow()));
  }

  private static Duration between(Options options, String key, Duration min, Duration max) {
    Duration value = options.duration(key);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw ElacsymException.invalid(
          key + " is " + words(value) + ", expected " + words(min) + " to " + words(max));
    }
    return value;
  }

  private static String words(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static int size(Options options, String key) {
    long value = options.bytes(key);
    if (value < MIN_PART || value > MAX_PART) {
      throw ElacsymException.invalid(key + " is " + value + " bytes, expected 5MB to 1GB");
    }
    return (int) value;
  }

  /** The time for one try of a request that carries so many bytes. */
  Duration attemptTimeout(long bytes) {
    return attemptTimeout.plusSeconds(bytes / MIB);
  }

  /** The time for all tries of a request that carries so many bytes. */
  Duration requestTimeout(long bytes) {
    return requestTimeout.plus(Duration.ofSeconds(bytes / MIB).multipliedBy(maxAttempts));
  }

  /** Where the bucket is, in words for messages. */
  String place() {
    boolean amazon = url.awsDomainSuffix() != null;
    return "bucket '" + bucket + "' " + (amazon ? "in region " + url.region() : "at " + url);
  }
}
