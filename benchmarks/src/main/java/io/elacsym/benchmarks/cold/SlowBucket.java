package io.elacsym.benchmarks.cold;

import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A new bucket, reached through a proxy that holds back each request.
 *
 * @param server that has it: a MinIO, if there is one
 * @param bucket its name
 * @param proxy in front of the server
 */
record SlowBucket(S3Server server, String bucket, FaultyProxy proxy) implements AutoCloseable {
  static SlowBucket create() throws IOException {
    S3Server server = S3Server.plain();
    return new SlowBucket(server, server.newBucket(), FaultyProxy.before(server.endpoint()));
  }

  /** For the report. */
  String description() {
    return server.description() + " through a proxy";
  }

  /** Engine settings that name the bucket. */
  Map<String, String> settings() {
    return Map.of(
        "storage.backend", "s3",
        "storage.s3.bucket", bucket,
        "storage.s3.region", server.region(),
        "storage.s3.endpoint", proxy.endpoint().toString(),
        "storage.s3.access_key_id", server.accessKey(),
        "storage.s3.secret_access_key", server.secretKey());
  }

  /** The address of a folder, for other programs. */
  String uri(String folder) {
    return "s3://" + bucket + "/" + folder;
  }

  /** How many requests have come so far. */
  long requests() {
    return proxy.requestCount();
  }

  /** Holds back each request from now on; those that are sent together wait together. */
  void delay(Duration perRequest) {
    proxy.delay(perRequest);
  }

  @Override
  public void close() {
    proxy.close();
  }
}
