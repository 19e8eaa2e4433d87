package io.elacsym.testing.s3.contract;

import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.storage.StorageFixture;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.S3Server;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A bucket of a test, and how it is opened.
 *
 * @param provider that opens it
 * @param options of the storage
 */
public record TestBucket(StorageProvider provider, Map<String, String> options) {
  /** A new bucket of a server. */
  public static TestBucket on(S3Server server, StorageProvider provider) {
    return new TestBucket(
        provider,
        Map.of(
            "bucket", server.newBucket(),
            "region", server.region(),
            "endpoint", server.endpoint().toString(),
            "access_key_id", server.accessKey(),
            "secret_access_key", server.secretKey()));
  }

  /** The same bucket, opened with another option. */
  public TestBucket with(String key, String value) {
    Map<String, String> changed = new HashMap<>(options);
    changed.put(key, value);
    return new TestBucket(provider, changed);
  }

  /** The same bucket, opened with one option less. */
  public TestBucket without(String key) {
    Map<String, String> changed = new HashMap<>(options);
    changed.remove(key);
    return new TestBucket(provider, changed);
  }

  /** The same bucket, reached through a proxy. */
  public TestBucket through(FaultyProxy proxy) {
    return with("endpoint", proxy.endpoint().toString());
  }

  /** A storage on it, which the caller closes. */
  public Storage open() {
    return provider.open(TestContext.of(provider, options));
  }

  /** Places for contracts: each a prefix of its own in this bucket. */
  StorageFixture fixture() {
    return StorageFixture.of(
        provider, () -> with("prefix", UUID.randomUUID().toString().substring(0, 8)).options());
  }

  /** Puts an object past our storage. */
  void putForeign(String key, String content) {
    try (S3Client client = client()) {
      client.putObject(
          request -> request.bucket(options.get("bucket")).key(key),
          RequestBody.fromString(content));
    }
  }

  /** What the store says of an object, encryption included. */
  HeadObjectResponse head(String key) {
    try (S3Client client = client()) {
      return client.headObject(request -> request.bucket(options.get("bucket")).key(key));
    }
  }

  /** How many multipart uploads were begun and neither completed nor aborted. */
  int uploadsUnderWay() {
    try (S3Client client = client()) {
      return client
          .listMultipartUploads(request -> request.bucket(options.get("bucket")))
          .uploads()
          .size();
    }
  }

  private S3Client client() {
    return S3Client.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .endpointOverride(URI.create(options.get("endpoint")))
        .forcePathStyle(true)
        .region(Region.of(options.get("region")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    options.get("access_key_id"), options.get("secret_access_key"))))
        .build();
  }
}
