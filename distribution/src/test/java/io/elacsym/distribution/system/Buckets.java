package io.elacsym.distribution.system;

import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Servers of the built distribution whose data is in a bucket of the shared S3 server. */
final class Buckets {
  private Buckets() {}

  /**
   * The variables of a process.
   *
   * @param directory of its own: the configuration's file and the disk cache go there
   */
  static Map<String, String> environment(String bucket, Path directory, String configuration)
      throws IOException {
    S3Server s3 = S3Server.shared();
    Map<String, String> environment = new TreeMap<>();
    environment.put(
        "ELACSYM_CONFIG",
        Files.writeString(directory.resolve("elacsym.toml"), configuration).toString());
    environment.put("ELACSYM_S3_BUCKET", bucket);
    environment.put("ELACSYM_S3_REGION", s3.region());
    environment.put("ELACSYM_S3_ENDPOINT", s3.endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", s3.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
    environment.put("ELACSYM_CACHE_DISK_PATH", directory.resolve("cache").toString());
    environment.put("ELACSYM_JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    return environment;
  }
}
