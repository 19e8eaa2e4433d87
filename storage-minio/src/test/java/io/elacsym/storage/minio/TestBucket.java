package io.elacsym.storage.minio;

import io.elacsym.api.storage.Storage;
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
 * @param options of the storage
 */
record TestBucket(Map<String, String> options) {
  /** A new bucket of a server. */
  static TestBucket on(S3Server server) {
    return new TestBucket(
        Map.of(
            "bucket", server.newBucket(),
            "region", server.region(),
            "endpoint", server.endpoint().toString(),
            "access_key_id", server.accessKey(),
            "secret_access_key", server.secretKey()));
  }

  /** The same bucket, opened with another option. */
  TestBucket with(String key, String value) {
    Map<String, String> changed = new HashMap<>(options);
    changed.put(key, value);
    return new TestBucket(changed);
  }

  TestBucket without(String key) {
    Map<String, String> changed = new HashMap<>(options);
    changed.remove(key);
    return new TestBucket(changed);
  }

  /** The same bucket, reached through a proxy. */
  TestBucket through(FaultyProxy proxy) {
    return with("endpoint", proxy.endpoint().toString());
  }

  Storage open() {
    MinioStorageProvider provider = new MinioStorageProvider();
    return provider.open(TestContext.of(provider, options));
  }

  /** Places for contracts: each a prefix of its own in this bucket. */
  StorageFixture fixture() {
    return StorageFixture.of(
        new MinioStorageProvider(),
        () -> with("prefix", UUID.randomUUID().toString().substring(0, 8)).options());
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
