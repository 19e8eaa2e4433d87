package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.storage.bucket.settings.BucketOptions;
import io.elacsym.storage.bucket.settings.BucketSettings;
import io.elacsym.storage.bucket.settings.ClientTraits;
import io.minio.GetObjectArgs;
import io.minio.Http;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The checked options of one bucket.
 *
 * @param url where the store listens, which region it is in, and where a URL has the bucket
 */
record MinioSettings(BucketSettings common, Http.BaseUrl url) {
  private static final ClientTraits CLIENT =
      new ClientTraits(
          "the first of these that has some: the variables AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, the variables MINIO_ACCESS_KEY and MINIO_SECRET_KEY,"
              + " ~/.aws/credentials, the alias in ~/.mc/config.json that MINIO_ALIAS names, a web"
              + " identity token, the container, the instance",
          1L << 30, // a part is an array
          true);

  static final List<Option> OPTIONS = BucketOptions.of(CLIENT);

  /**
   * Reads the options.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the option, its value and what was
   *     expected
   */
  static MinioSettings of(Options options) {
    BucketSettings common = BucketSettings.of(options);
    checkByClient(
        "bucket", common.bucket(), "a name that S3 allows", GetObjectArgs.builder()::bucket);
    checkByClient(
        "region", common.region(), "a name such as us-west-2", GetObjectArgs.builder()::region);
    Http.BaseUrl url =
        common.endpoint().map(MinioSettings::server).orElseGet(() -> amazon(common.region()));
    url.setRegion(common.region());
    if (common.pathStyle()) {
      url.disableVirtualStyleEndpoint();
    } else {
      url.enableVirtualStyleEndpoint();
    }
    return new MinioSettings(common, url);
  }

  /**
   * Lets the client check a value now. Otherwise it would refuse the value only when it is used, at
   * each request.
   */
  private static void checkByClient(
      String key, String value, String expected, Consumer<String> client) {
    try {
      client.accept(value);
    } catch (IllegalArgumentException e) {
      throw ElacsymException.invalid(key + " is '" + value + "', expected " + expected);
    }
  }

  private static Http.BaseUrl server(URI endpoint) {
    @Nullable HttpUrl url = HttpUrl.get(endpoint);
    if (url != null) {
      try {
        return new Http.BaseUrl(url);
      } catch (IllegalArgumentException e) {
        // The URL has a path, or is a host of Amazon's that cannot be S3. It gets the same message
        // as any other wrong endpoint.
      }
    }
    throw ElacsymException.invalid(
        "endpoint is '"
            + endpoint
            + "', expected a URL without a path, such as http://localhost:9000");
  }

  private static Http.BaseUrl amazon(String region) {
    String china = region.startsWith("cn-") ? ".cn" : "";
    return new Http.BaseUrl("https://s3." + region + ".amazonaws.com" + china);
  }

  /** What tells the store to encrypt what we put. */
  Map<String, String> encryptionHeaders() {
    String header = "x-amz-server-side-encryption";
    return switch (common.encryption().kind()) {
      case BUCKETS_OWN -> Map.of();
      case STORE -> Map.of(header, "AES256");
      case SERVICE ->
          common
              .encryption()
              .keyId()
              .map(id -> Map.of(header, "aws:kms", header + "-aws-kms-key-id", id))
              .orElse(Map.of(header, "aws:kms"));
    };
  }
}
