package io.elacsym.storage.s3;

import io.elacsym.api.storage.Storage;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.storage.StorageFixture;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.S3Server;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

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

  /** The same bucket, reached through a proxy. */
  TestBucket through(FaultyProxy proxy) {
    return with("endpoint", proxy.endpoint().toString());
  }

  Storage open() {
    S3StorageProvider provider = new S3StorageProvider();
    return provider.open(TestContext.of(provider, options));
  }

  /** Places for contracts: each a prefix of its own in this bucket. */
  StorageFixture fixture() {
    return StorageFixture.of(
        new S3StorageProvider(),
        () -> with("prefix", UUID.randomUUID().toString().substring(0, 8)).options());
  }
}
