package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.Installation.Ended;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the deployment guide says of buckets, on a real server, with no more than its IAM policy.
 */
class GuideS3IT {
  private static final int DOCUMENTS = 120;
  private static final int ORACLE_ROUNDS = 3;

  /** As it stands in the guide, but for the name of the bucket. */
  private static final String POLICY =
      """
      {
        "Version": "2012-10-17",
        "Statement": [{
          "Effect": "Allow",
          "Action": [
            "s3:GetObject",
            "s3:PutObject",
            "s3:DeleteObject",
            "s3:ListBucket"
          ],
          "Resource": [
            "arn:aws:s3:::BUCKET",
            "arn:aws:s3:::BUCKET/*"
          ]
        }]
      }
      """;

  private final S3Server server = S3Server.shared();
  private final String bucket = server.newBucket();

  /** Who may do what the policy allows; whoever owns a server that knows no users. */
  private final S3Server.User user =
      server
          .newUser(POLICY.replace("BUCKET", bucket))
          .orElseGet(() -> new S3Server.User(server.accessKey(), server.secretKey()));

  private final Random random = new Random(Seed.current());
  private final NavigableMap<Long, Doc> documents = new TreeMap<>();
  private int runs;

  @TempDir Path temp;

  /** The guide's variables for a bucket of MinIO. */
  private Map<String, String> environment(String backend) throws IOException {
    Map<String, String> environment = withKeys();
    environment.put("ELACSYM_STORAGE_BACKEND", backend);
    environment.put("ELACSYM_S3_BUCKET", bucket);
    environment.put("ELACSYM_S3_REGION", server.region());
    environment.put("ELACSYM_S3_ENDPOINT", server.endpoint().toString());
    return environment;
  }

  /** With nothing cached by an earlier run. */
  private Map<String, String> withKeys() throws IOException {
    Map<String, String> environment = new TreeMap<>();
    environment.put("AWS_ACCESS_KEY_ID", user.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", user.secretKey());
    environment.put("RUST_LOG", "info");
    environment.put("ELACSYM_CACHE_DISK_PATH", newDirectory("cache").toString());
    environment.put("ELACSYM_PORT", "0");
    return environment;
  }

  private Path newDirectory(String name) throws IOException {
    return Files.createDirectory(temp.resolve(name + "-" + runs++));
  }

  private void write(Dataset docs, int from) {
    List<Doc> batch =
        IntStream.range(from, from + DOCUMENTS)
            .mapToObj(id -> Doc.random(id, id % 4, from, random))
            .toList();
    docs.upsert(batch);
    batch.forEach(doc -> documents.put(doc.id(), doc));
  }

  private void expectAll(Dataset docs) {
    assertThat(docs.scan()).isEqualTo(documents);
    new Oracle(documents).check(docs, random, ORACLE_ROUNDS);
  }

  @Test
  void theGuidesVariablesKeepEverythingInTheBucketAndOneOfThemChangesTheClient()
      throws IOException {
    Path first = newDirectory("run");
    try (ServerProcess running = ServerProcess.start(first, environment("s3"))) {
      Dataset docs = new Dataset(running, "docs");
      docs.create();
      write(docs, 0);
      docs.post("/compact", "");
      // In the WAL only.
      write(docs, DOCUMENTS / 2);
      expectAll(docs);
      assertThat(running.stop()).isZero();
    }
    try (Stream<Path> left = Files.list(first)) {
      assertThat(left)
          .as("nothing but the log is kept on this machine")
          .map(path -> path.getFileName().toString())
          .containsExactlyInAnyOrder("out", "err");
    }
    for (String backend : List.of("s3", "minio")) {
      try (ServerProcess running = ServerProcess.start(newDirectory("run"), environment(backend))) {
        assertThat(running.log()).anyMatch(line -> line.contains("storage " + backend + " "));
        Dataset docs = new Dataset(running, "docs");
        expectAll(docs);
        write(docs, documents.size());
        docs.post("/compact", "");
        expectAll(docs);
        assertThat(running.stop()).isZero();
      }
    }
    Ended verified = Installation.run(newDirectory("verify"), environment("s3"), "verify");
    assertThat(verified.code()).as("%s", verified).isZero();
    assertThat(verified.out()).last().isEqualTo("Nothing is damaged.");
  }

  @Test
  void theGuidesFileServesTheBucketAndSoDoesOneWithAnotherBackend() throws IOException {
    String file =
        """
        [storage]
        backend = "s3"

        [storage.s3]
        bucket = "%1$s"
        region = "us-east-1"  # Any value works
        endpoint = "%2$s"

        [storage.minio]
        bucket = "%1$s"
        region = "us-east-1"
        endpoint = "%2$s"
        """
            .formatted(bucket, server.endpoint());
    Path here = newDirectory("run");
    Files.writeString(here.resolve("config.toml"), file);
    try (ServerProcess running = ServerProcess.start(here, withKeys())) {
      Dataset docs = new Dataset(running, "docs");
      docs.create();
      write(docs, 0);
      assertThat(running.stop()).isZero();
    }
    Path there = newDirectory("run");
    Files.writeString(
        there.resolve("config.toml"), file.replace("backend = \"s3\"", "backend = \"minio\""));
    try (ServerProcess running = ServerProcess.start(there, withKeys())) {
      expectAll(new Dataset(running, "docs"));
      assertThat(running.stop()).isZero();
    }
  }

  @Test
  void aRunningServersBucketIsProbedAndBackedUpAndServedFromTheBackup() throws IOException {
    Path folder = temp.resolve("backup");
    try (ServerProcess running = ServerProcess.start(newDirectory("run"), environment("s3"))) {
      Dataset docs = new Dataset(running, "docs");
      docs.create();
      write(docs, 0);
      docs.post("/compact", "");
      write(docs, DOCUMENTS);
      Ended probed = command("storage", "probe", "--rounds", "5");
      assertThat(probed.out()).last().asString().endsWith("this storage is good enough.");
      command("backup", "--to", "storage.s3.prefix=backup/monday");
      command(
          "backup", "--to", "storage.backend=local", "--to", "storage.local.root_path=" + folder);
      assertThat(command("history", "-n", "docs").out().size()).isGreaterThan(3);
      // None of this has made somebody else the writer, or left anything.
      write(docs, 2 * DOCUMENTS);
      expectAll(docs);
      assertThat(running.get("/v1/namespaces").path("namespaces")).hasSize(1);
      assertThat(running.stop()).isZero();
    }
    documents.tailMap(2L * DOCUMENTS).clear();
    Map<String, String> local = withKeys();
    local.put("ELACSYM_STORAGE_PATH", folder.toString());
    try (ServerProcess running = ServerProcess.start(newDirectory("run"), local)) {
      expectAll(new Dataset(running, "docs"));
      assertThat(running.stop()).isZero();
    }
    Path monday = newDirectory("run");
    Files.writeString(monday.resolve("config.toml"), "[storage.s3]\nprefix = \"backup/monday\"\n");
    try (ServerProcess running = ServerProcess.start(monday, environment("s3"))) {
      expectAll(new Dataset(running, "docs"));
      assertThat(running.stop()).isZero();
    }
  }

  private Ended command(String... arguments) throws IOException {
    Ended ended = Installation.run(newDirectory("command"), environment("s3"), arguments);
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended;
  }
}
