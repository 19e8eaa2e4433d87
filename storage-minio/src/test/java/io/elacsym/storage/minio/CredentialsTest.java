package io.elacsym.storage.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Storage;
import io.elacsym.testing.s3.S3Server;
import io.elacsym.testing.s3.contract.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that no option names. */
class CredentialsTest {
  private static final S3Server SERVER = S3Server.shared();

  private final Map<String, Optional<String>> before = new HashMap<>();

  @TempDir Path folder;

  @BeforeEach
  void hideThoseOfThisMachine() throws IOException {
    // The client's providers read system properties first, under the names of the variables.
    for (String variable :
        List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "MINIO_ACCESS_KEY")) {
      set(variable, "");
    }
    set("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials").toString());
    // Where a container would ask for its credentials: nobody is there.
    set("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/");
  }

  @AfterEach
  void restore() {
    before.forEach((key, value) -> {
      value.ifPresentOrElse(
          given -> System.setProperty(key, given), () -> System.clearProperty(key));
    });
  }

  @Test
  void thoseOfTheEnvironmentAreUsed() {
    set("AWS_ACCESS_KEY_ID", SERVER.accessKey());
    set("AWS_SECRET_ACCESS_KEY", SERVER.secretKey());
    expectOpens();
  }

  @Test
  void thoseOfMiniosEnvironmentAreUsed() {
    set("MINIO_ACCESS_KEY", SERVER.accessKey());
    set("MINIO_SECRET_KEY", SERVER.secretKey());
    expectOpens();
  }

  @Test
  void thoseOfTheSharedFileAreUsed() throws Exception {
    Files.writeString(
        folder.resolve("credentials"),
        "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
            .formatted(SERVER.accessKey(), SERVER.secretKey()));
    expectOpens();
  }

  private static void expectOpens() {
    try (Storage storage = unnamed().open()) {
      assertThat(storage.list("", "", 1)).isEmpty();
    }
  }

  @Test
  void withoutAnyTheMessageSaysWhereTheyCanBeGiven() {
    assertThatThrownBy(() -> unnamed().open())
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }

  private static TestBucket unnamed() {
    return TestBucket.on(SERVER, new MinioStorageProvider())
        .without("access_key_id")
        .without("secret_access_key");
  }

  private void set(String key, String value) {
    before.putIfAbsent(key, Optional.ofNullable(System.getProperty(key)));
    System.setProperty(key, value);
  }
}
