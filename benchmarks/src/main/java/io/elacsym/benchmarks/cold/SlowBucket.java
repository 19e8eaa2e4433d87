package io.elacsym.benchmarks.cold;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.storage.s3.S3StorageProvider;
import io.elacsym.tck.TestContext;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bucket of a MinIO on this machine, reached through a proxy that holds back each request.
 *
 * @param server the MinIO
 * @param bucket its bucket
 * @param proxy in front of it
 */
record SlowBucket(S3Server server, String bucket, FaultyProxy proxy) implements Place {
  private static final int PAGE = 1_000;

  static SlowBucket start() throws IOException {
    S3Server server =
        S3Server.minio()
            .orElseThrow(() -> new IOException("there is no MinIO here; see CONTRIBUTING.md"));
    return new SlowBucket(server, server.newBucket(), FaultyProxy.before(server.endpoint()));
  }

  /** Takes over every object of another storage. */
  void fill(Storage from) {
    StorageProvider provider = new S3StorageProvider();
    Map<String, String> options = options(server.endpoint().toString());
    try (Storage to = provider.open(TestContext.of(provider, options))) {
      String after = "";
      List<ObjectInfo> page;
      do {
        page = from.list("", after, PAGE);
        for (ObjectInfo object : page) {
          after = object.name();
          byte[] bytes = from.get(after, ByteRange.ALL).orElseThrow().bytes();
          to.put(after, Payload.of(bytes), PutMode.OVERWRITE);
        }
      } while (page.size() == PAGE);
    }
  }

  private Map<String, String> options(String endpoint) {
    return Map.of(
        "bucket", bucket,
        "region", server.region(),
        "endpoint", endpoint,
        "access_key_id", server.accessKey(),
        "secret_access_key", server.secretKey());
  }

  @Override
  public String description() {
    return server.description() + " through a proxy";
  }

  @Override
  public StorageProvider provider() {
    return new S3StorageProvider();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("storage.backend", "s3");
    options(proxy.endpoint().toString())
        .forEach((key, value) -> settings.put("storage.s3." + key, value));
    return settings;
  }

  @Override
  public void delay(Duration perRequest) {
    proxy.delay(perRequest);
  }

  @Override
  public void close() {
    proxy.close();
  }
}
