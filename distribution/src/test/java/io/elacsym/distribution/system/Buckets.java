package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.it.Installation;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  /**
   * Settings with which a little work is a lot: small segments that are merged soon, and a short
   * past.
   *
   * @param grace how long what nobody needs is kept
   */
  static String small(Duration grace) {
    return """
    [write]
    flush_rows = 60
    [compaction]
    interval_secs = 1
    max_segments = 6
    [history]
    versions = 3
    max_age = "%ds"
    [reaper]
    grace = "%ds"
    """
        .formatted(grace.toSeconds(), grace.toSeconds());
  }

  /**
   * Sees to it that nothing in a bucket is damaged, when no server has it open any more.
   *
   * @param temp where a directory is made for it
   */
  static void verify(String bucket, Path temp, String configuration) throws IOException {
    Path directory = Files.createDirectory(temp.resolve("verify"));
    Installation.Ended verified =
        Installation.run(directory, environment(bucket, directory, configuration), "verify");
    assertThat(verified.code()).as("%s", verified).isZero();
    assertThat(verified.out()).last().isEqualTo("Nothing is damaged.");
  }
}
