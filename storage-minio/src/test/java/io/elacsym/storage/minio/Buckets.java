package io.elacsym.storage.minio;

import io.elacsym.api.storage.Storage;
import io.elacsym.tck.TestContext;
import io.elacsym.testing.s3.S3Server;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Storages on real servers. */
final class Buckets {
  private Buckets() {}

  /** Options that name a new bucket of a server. */
  static Map<String, String> newBucket(S3Server server) {
    return options(server, server.newBucket(), server.endpoint());
  }

  static Map<String, String> options(S3Server server, String bucket, URI endpoint) {
    return Map.of(
        "bucket", bucket,
        "region", server.region(),
        "endpoint", endpoint.toString(),
        "access_key_id", server.accessKey(),
        "secret_access_key", server.secretKey());
  }

  static Map<String, String> with(Map<String, String> options, String key, String value) {
    Map<String, String> changed = new HashMap<>(options);
    changed.put(key, value);
    return changed;
  }

  static Storage open(Map<String, String> options) {
    MinioStorageProvider provider = new MinioStorageProvider();
    return provider.open(TestContext.of(provider, options));
  }
}
