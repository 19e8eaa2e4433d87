package io.elacsym.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Storage;
import io.elacsym.testing.s3.S3Server;
import io.elacsym.testing.s3.contract.TestBucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that no option names. */
class CredentialsTest {
  private final Map<String, String> before = new HashMap<>();

  @TempDir Path folder;

  @BeforeEach
  void hideThoseOfThisMachine() {
    set("aws.disableEc2Metadata", "true");
    set("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    set("aws.configFile", folder.resolve("config").toString());
  }

  @AfterEach
  void restore() {
    before.forEach((key, value) -> {
      if (value.isEmpty()) {
        System.clearProperty(key);
      } else {
        System.setProperty(key, value);
      }
    });
  }

  @Test
  void theSdksDefaultChainIsAsked() throws Exception {
    S3Server server = S3Server.shared();
    Files.writeString(
        folder.resolve("credentials"),
        "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
            .formatted(server.accessKey(), server.secretKey()));
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
    return TestBucket.on(S3Server.shared(), new S3StorageProvider())
        .without("access_key_id")
        .without("secret_access_key");
  }

  private void set(String key, String value) {
    String old = System.setProperty(key, value);
    before.put(key, old == null ? "" : old);
  }
}
