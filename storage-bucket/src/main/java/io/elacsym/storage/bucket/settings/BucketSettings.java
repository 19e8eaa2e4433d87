package io.elacsym.storage.bucket.settings;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Options;
import io.elacsym.api.storage.Storage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checked options of one bucket.
 *
 * @param endpoint where a store that is not Amazon's listens
 * @param pathStyle whether the bucket stands in the path and not in the host name
 * @param prefix what all keys start with; empty, or ends with a slash
 * @param encryption how the store is told to encrypt what we put
 * @param keys empty: the client finds some in the usual places
 * @param attemptTimeout of one try of a request
 * @param requestTimeout of all tries of a request
 * @param maxAttempts tries of a request that may be repeated
 * @param multipartThreshold size in bytes above which an unconditional put is a multipart upload
 * @param partSize in bytes
 */
public record BucketSettings(
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
    long partSize) {
  private static final long MIB = 1 << 20;
  static final long GIB = 1 << 30;
  private static final int MAX_PREFIX = 200;

  private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern NO_BUCKET_NAME =
      Pattern.compile(".*(\\.\\.|\\.-|-\\.).*|(\\d+\\.){3}\\d+");
  private static final String DIRECTORY_BUCKET = "--x-s3";

  /**
   * Reads the options that {@link BucketOptions} declares.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the option, its value and what was
   *     expected
   */
  public static BucketSettings of(Options options) {
    Optional<URI> endpoint =
        options.find(BucketOptions.ENDPOINT).filter(s -> !s.isBlank()).map(BucketSettings::url);
    Duration attempt = options.duration(BucketOptions.ATTEMPT_TIMEOUT);
    return new BucketSettings(
        bucket(options.text(BucketOptions.BUCKET)),
        matching(
            options, BucketOptions.REGION, "[A-Za-z0-9][A-Za-z0-9-]*", "a name such as us-west-2"),
        endpoint,
        options
            .find(BucketOptions.PATH_STYLE)
            .map(Boolean::parseBoolean)
            .orElse(endpoint.isPresent()),
        prefix(options.find(BucketOptions.PREFIX).orElse("")),
        encryption(options),
        keys(options),
        attempt,
        requestTimeout(options, attempt),
        options.smallInteger(BucketOptions.MAX_ATTEMPTS),
        options.smallInteger(BucketOptions.MAX_CONNECTIONS),
        options.bytes(BucketOptions.MULTIPART_THRESHOLD),
        options.bytes(BucketOptions.PART_SIZE));
  }

  private static String bucket(String name) {
    if (!BUCKET_NAME.matcher(name).matches() || NO_BUCKET_NAME.matcher(name).matches()) {
      throw ElacsymException.invalid(
          "bucket is '"
              + name
              + "', expected 3 to 63 of a-z, 0-9, '-' and '.', no '.' beside another or beside a"
              + " '-', and no IP address");
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
      // The text is no URL at all. It gets the same message as a URL of the wrong kind.
    }
    throw ElacsymException.invalid(
        "endpoint is '" + text + "', expected a URL such as http://localhost:9000");
  }

  private static String prefix(String text) {
    if (text.isEmpty()) {
      return "";
    }
    String folder = text.endsWith("/") ? text : text + "/";
    if (folder.length() > MAX_PREFIX || !isName(folder.substring(0, folder.length() - 1))) {
      throw ElacsymException.invalid(
          "prefix is '"
              + text
              + "', expected at most "
              + MAX_PREFIX
              + " of A-Z a-z 0-9 - _ . and single slashes between names, such as"
              + " search/production");
    }
    return folder;
  }

  private static boolean isName(String text) {
    try {
      Storage.checkName(text);
      return true;
    } catch (ElacsymException e) {
      return false;
    }
  }

  private static Encryption encryption(Options options) {
    String kind = options.text(BucketOptions.SSE);
    Optional<String> keyId = options.find(BucketOptions.SSE_KMS_KEY_ID).filter(id -> !id.isBlank());
    if (keyId.isPresent() && !kind.equals("sse-kms")) {
      throw ElacsymException.invalid(
          BucketOptions.SSE_KMS_KEY_ID
              + " is set and sse is "
              + kind
              + "; set sse to sse-kms or drop the key");
    }
    return switch (kind) {
      case "sse-s3" -> new Encryption(Encryption.Kind.STORE, keyId);
      case "sse-kms" -> new Encryption(Encryption.Kind.SERVICE, keyId);
      default -> new Encryption(Encryption.Kind.BUCKETS_OWN, keyId);
    };
  }

  private static Optional<Keys> keys(Options options) {
    Optional<String> id = options.find(BucketOptions.ACCESS_KEY_ID).filter(s -> !s.isBlank());
    Optional<String> secret =
        options.find(BucketOptions.SECRET_ACCESS_KEY).filter(s -> !s.isBlank());
    if (id.isPresent() != secret.isPresent()) {
      throw ElacsymException.invalid(
          (id.isPresent() ? BucketOptions.ACCESS_KEY_ID : BucketOptions.SECRET_ACCESS_KEY)
              + " is given and "
              + (id.isPresent() ? BucketOptions.SECRET_ACCESS_KEY : BucketOptions.ACCESS_KEY_ID)
              + " is missing; give both, or neither to look in the usual places");
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

  private static Duration requestTimeout(Options options, Duration attempt) {
    Duration value = options.duration(BucketOptions.REQUEST_TIMEOUT);
    if (value.compareTo(attempt) < 0) {
      throw ElacsymException.invalid(
          BucketOptions.REQUEST_TIMEOUT
              + " is "
              + words(value)
              + ", expected at least "
              + BucketOptions.ATTEMPT_TIMEOUT
              + ", which is "
              + words(attempt));
    }
    return value;
  }

  private static String words(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** The time for one try of a request that carries so many bytes. */
  public Duration attemptTimeout(long bytes) {
    return attemptTimeout.plusSeconds(bytes / MIB);
  }

  /** The time for all tries of a request that carries so many bytes. */
  public Duration requestTimeout(long bytes) {
    return requestTimeout.plus(Duration.ofSeconds(bytes / MIB).multipliedBy(maxAttempts));
  }

  /** Where the bucket is, in words for operators. */
  public String place() {
    return "bucket '"
        + bucket
        + "' "
        + endpoint.map(url -> "at " + url).orElse("in region " + region);
  }
}
