package io.elacsym.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ServerTest {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 25;

  @Test
  void ofManyConditionalPutsOneWinsOnTheSharedServer() throws Exception {
    expectOneWinner(S3Server.shared());
  }

  @Test
  void ofManyConditionalPutsOneWinsOnTheServerInThisJvm() throws Exception {
    expectOneWinner(S3Server.inJvm());
  }

  private static void expectOneWinner(S3Server server) throws Exception {
    String bucket = server.newBucket();
    try (S3Client client = client(server);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        String key = "race/" + round;
        int first = winners(threads, client, builder -> builder.ifNoneMatch("*"), bucket, key);
        assertThat(first).as("If-None-Match, round %d", round).isEqualTo(1);
        String tag = client.headObject(request -> request.bucket(bucket).key(key)).eTag();
        int second = winners(threads, client, builder -> builder.ifMatch(tag), bucket, key);
        assertThat(second).as("If-Match, round %d", round).isEqualTo(1);
      }
    }
  }

  private interface Condition {
    void on(PutObjectRequest.Builder request);
  }

  private static int winners(
      ExecutorService threads, S3Client client, Condition condition, String bucket, String key)
      throws Exception {
    List<Callable<Boolean>> puts = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(key);
      condition.on(request);
      RequestBody body = RequestBody.fromString(condition + " by " + writer);
      puts.add(() -> wins(client, request.build(), body));
    }
    int winners = 0;
    for (Future<Boolean> put : threads.invokeAll(puts)) {
      winners += put.get() ? 1 : 0;
    }
    return winners;
  }

  private static boolean wins(S3Client client, PutObjectRequest request, RequestBody body) {
    try {
      client.putObject(request, body);
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isIn(409, 412);
      return false;
    }
  }

  @Test
  void wrongKeysAreRefusedByTheServerInThisJvm() {
    S3Server server = S3Server.inJvm();
    try (S3Client client = client(server, "somebody", "else")) {
      assertThatThrownBy(client::listBuckets)
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void aUserMayDoWhatItsPolicyAllowsAndNoMore() {
    S3Server server = S3Server.minio().orElseGet(() -> abort("no MinIO on this machine"));
    String bucket = server.newBucket();
    S3Server.User reader =
        server
            .newUser(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                 "Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::%s"]}]}
                """
                    .formatted(bucket))
            .orElseThrow();
    try (S3Client client = client(server, reader.accessKey(), reader.secretKey())) {
      assertThat(client.listObjectsV2(request -> request.bucket(bucket)).contents()).isEmpty();
      assertThatThrownBy(() ->
              client.putObject(
                  request -> request.bucket(bucket).key("o"), RequestBody.fromString("x")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void theEnvironmentNamesAServerOrNone() {
    assertThat(GivenServer.fromEnvironment(Map.of())).isEmpty();
    Map<String, String> keyless = Map.of("ELACSYM_TEST_S3_ENDPOINT", "http://localhost:9000");
    assertThatThrownBy(() -> GivenServer.fromEnvironment(keyless))
        .hasMessageContaining("ELACSYM_TEST_S3_ACCESS_KEY");
    GivenServer server =
        GivenServer.fromEnvironment(
                Map.of(
                    "ELACSYM_TEST_S3_ENDPOINT", "http://localhost:9000",
                    "ELACSYM_TEST_S3_ACCESS_KEY", "a",
                    "ELACSYM_TEST_S3_SECRET_KEY", "s"))
            .orElseThrow();
    assertThat(server.kind()).isEqualTo(S3Server.Kind.GIVEN);
    assertThat(server.region()).isEqualTo("us-east-1");
    assertThat(server).hasToString("S3 server (given) at http://localhost:9000");
  }

  @Test
  void aRestartedMinioHasItsObjectsAndItsAddress() throws Exception {
    try (MinioBinary server = startOrAbort()) {
      String bucket = server.newBucket();
      try (S3Client client = client(server)) {
        client.putObject(
            request -> request.bucket(bucket).key("o"), RequestBody.fromString("still there"));
      }
      server.restart();
      try (S3Client client = client(server)) { // the other one's connections died with the process
        assertThat(
                client.getObjectAsBytes(request -> request.bucket(bucket).key("o")).asUtf8String())
            .isEqualTo("still there");
      }
    }
  }

  @Test
  void aClosedMinioLeavesNothing() throws Exception {
    MinioBinary server = startOrAbort();
    long pid = server.pid();
    assertThat(server.log()).exists();
    server.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(server.log().getParent()).doesNotExist();
  }

  @Test
  void aKilledJvmLeavesNoMinioBehind() throws Exception {
    startOrAbort().close();
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MinioHolder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = jvm.inputReader()) {
      long pid = Long.parseLong(output.readLine());
      Path folder = Path.of(output.readLine()).getParent();
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();
      jvm.destroyForcibly().waitFor();
      await(() ->
          ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
              && Files.notExists(folder));
    }
  }

  private static MinioBinary startOrAbort() {
    Optional<MinioBinary> server = MinioBinary.start();
    return server.orElseGet(() -> abort("no minio binary on this machine"));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static S3Client client(S3Server server) {
    return client(server, server.accessKey(), server.secretKey());
  }

  private static S3Client client(S3Server server, String accessKey, String secretKey) {
    return S3Client.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .endpointOverride(server.endpoint())
        .forcePathStyle(true)
        .region(Region.of(server.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }
}
