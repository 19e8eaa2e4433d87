package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The checked options of one bucket.
 *
 * @param endpoint where a store that is not Amazon's listens
 * @param pathStyle whether the bucket stands in the path and not in the host name
 * @param prefix what all keys start with; empty, or ends with a slash
 * @param encryption how the store is told to encrypt what we put
 * @param keys empty: the SDK's default chain finds some
 * @param attemptTimeout of one try of a request
 * @param requestTimeout of all tries of a request
 * @param maxAttempts tries of a request that may be repeated
 * @param multipartThreshold size above which an unconditional put is a multipart upload
 * @param checksumsAlways whether uploads carry a checksum also where S3 does not require one
 */
record S3Settings(
    String bucket,
    String region,
    Optional<URI> endpoint,
    boolean pathStyle,
    String prefix,
    Encryption encryption,
    Optional<Keys> keys,
    Duration attemptTimeout,
    Duration requestTimeout,
    int maxAttempts,
    int maxConnections,
    long multipartThreshold,
    long partSize,
    boolean checksumsAlways) {

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
  private static final String CHECKSUMS = "checksums";

  static final List<Option> OPTIONS =
      List.of(
          Option.required(BUCKET, OptionType.TEXT, "Name of the bucket, which must exist.")
              .fromEnvironment("ELACSYM_S3_BUCKET"),
          Option.required(
                  REGION,
                  OptionType.TEXT,
                  "Region of the bucket, such as us-west-2; most stores but Amazon's take any.")
              .fromEnvironment("ELACSYM_S3_REGION"),
          Option.optional(
                  ENDPOINT,
                  OptionType.TEXT,
                  "URL of a store that is not Amazon's, such as http://localhost:9000.")
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
                  "Access key; without it credentials come from where the AWS SDK looks: the"
                      + " variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a web identity"
                      + " token, ~/.aws, the container, the instance.")
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
              "Size above which an object is uploaded in parts, 5MB to 5GB."),
          Option.of(PART_SIZE, OptionType.BYTES, "16MB", "Size of a part, 5MB to 5GB."),
          Option.of(
              CHECKSUMS,
              OptionType.TEXT,
              "when_supported",
              "when_supported: all uploads carry a checksum for the store to verify."
                  + " when_required: only those that must, for stores that know no newer"
                  + " checksums than MD5."));

  private static final long MIB = 1 << 20;
  private static final long MIN_PART = 5 * MIB;

  /** The most that one request may carry to S3. */
  static final long MAX_SINGLE_PUT = 5L << 30;

  private static final int MAX_PREFIX = 200;

  private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final String DIRECTORY_BUCKET = "--x-s3";
  private static final Pattern PREFIX_TEXT =
      Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?");

  /** Credentials that the configuration names. */
  record Keys(String accessKeyId, String secretAccessKey) {
    @Override
    public String toString() {
      return "Keys[hidden]";
    }
  }

  /**
   * Encryption at rest, as puts ask for it.
   *
   * @param algorithm empty: as the bucket is set
   * @param keyId of a key management service; empty: its own key for S3
   */
  record Encryption(Optional<ServerSideEncryption> algorithm, Optional<String> keyId) {}

  /**
   * Reads the options.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the option, its value and what was
   *     expected
   */
  static S3Settings of(Options options) {
    Optional<URI> endpoint = options.find(ENDPOINT).filter(s -> !s.isBlank()).map(S3Settings::url);
    Duration attempt =
        between(options, ATTEMPT_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(1));
    return new S3Settings(
        bucket(options.text(BUCKET)),
        matching(options, REGION, "[A-Za-z0-9][A-Za-z0-9-]*", "a name such as us-west-2"),
        endpoint,
        options.find(PATH_STYLE).map(Boolean::parseBoolean).orElse(endpoint.isPresent()),
        prefix(options.find(PREFIX).orElse("")),
        encryption(options),
        keys(options),
        attempt,
        between(options, REQUEST_TIMEOUT, attempt, Duration.ofDays(1)),
        options.integer(MAX_ATTEMPTS, 1, 20),
        options.integer(MAX_CONNECTIONS, 1, 10_000),
        size(options, MULTIPART_THRESHOLD),
        size(options, PART_SIZE),
        matching(
                options,
                CHECKSUMS,
                "when_supported|when_required",
                "when_supported or when_required")
            .equals("when_supported"));
  }

  private static String bucket(String name) {
    if (!BUCKET_NAME.matcher(name).matches()) {
      throw ElacsymException.invalid(
          "bucket is '" + name + "', expected 3 to 63 of a-z, 0-9, '-' and '.'");
    }
    if (name.endsWith(DIRECTORY_BUCKET)) {
      throw ElacsymException.invalid(
          "bucket '"
              + name
              + "' is a directory bucket, which lists objects in no order; use a general purpose"
              + " bucket");
    }
    return name;
  }

  private static URI url(String text) {
    try {
      URI uri = new URI(text.strip());
      String scheme = String.valueOf(uri.getScheme());
      boolean plain = uri.getRawQuery() == null && uri.getRawUserInfo() == null;
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null && plain) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below, as any other text that is no such URL.
    }
    throw ElacsymException.invalid(
        "endpoint is '" + text + "', expected a URL such as http://localhost:9000");
  }

  private static String prefix(String text) {
    if (text.isEmpty()) {
      return "";
    }
    boolean steps =
        List.of(text.split("/")).stream().anyMatch(p -> p.equals(".") || p.equals(".."));
    if (!PREFIX_TEXT.matcher(text).matches() || text.length() > MAX_PREFIX || steps) {
      throw ElacsymException.invalid(
          "prefix is '"
              + text
              + "', expected at most "
              + MAX_PREFIX
              + " of A-Z a-z 0-9 - _ . and single slashes between names, such as"
              + " search/production");
    }
    return text.endsWith("/") ? text : text + "/";
  }

  private static Encryption encryption(Options options) {
    String kind = matching(options, SSE, "none|sse-s3|sse-kms", "none, sse-s3 or sse-kms");
    Optional<String> keyId = options.find(SSE_KMS_KEY_ID).filter(id -> !id.isBlank());
    if (keyId.isPresent() && !kind.equals("sse-kms")) {
      throw ElacsymException.invalid(
          SSE_KMS_KEY_ID + " is set and sse is " + kind + "; set sse to sse-kms or drop the key");
    }
    return switch (kind) {
      case "sse-s3" -> new Encryption(Optional.of(ServerSideEncryption.AES256), keyId);
      case "sse-kms" -> new Encryption(Optional.of(ServerSideEncryption.AWS_KMS), keyId);
      default -> new Encryption(Optional.empty(), keyId);
    };
  }

  private static Optional<Keys> keys(Options options) {
    Optional<String> id = options.find(ACCESS_KEY_ID).filter(text -> !text.isBlank());
    Optional<String> secret = options.find(SECRET_ACCESS_KEY).filter(text -> !text.isBlank());
    if (id.isPresent() != secret.isPresent()) {
      String given = id.isPresent() ? ACCESS_KEY_ID : SECRET_ACCESS_KEY;
      String missing = id.isPresent() ? SECRET_ACCESS_KEY : ACCESS_KEY_ID;
      throw ElacsymException.invalid(
          given
              + " is given and "
              + missing
              + " is missing; give both, or neither for the SDK's default chain");
    }
    return id.map(given -> new Keys(given, secret.orElseThrow()));
  }

  private static String matching(Options options, String key, String pattern, String expected) {
    String value = options.text(key);
    if (!value.matches(pattern)) {
      throw ElacsymException.invalid(key + " is '" + value + "', expected " + expected);
    }
    return value;
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

  private static long size(Options options, String key) {
    long value = options.bytes(key);
    if (value < MIN_PART || value > MAX_SINGLE_PUT) {
      throw ElacsymException.invalid(key + " is " + value + " bytes, expected 5MB to 5GB");
    }
    return value;
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
    return "bucket '"
        + bucket
        + "' "
        + endpoint.map(url -> "at " + url).orElse("in region " + region);
  }
}
