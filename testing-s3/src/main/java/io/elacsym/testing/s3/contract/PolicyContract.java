package io.elacsym.testing.s3.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.storage.StorageContract;
import io.elacsym.testing.s3.S3Server;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the credentials must be allowed to do, and what is said when they are not. */
public abstract class PolicyContract {
  /** The permissions that the deployment guide tells operators to give. */
  private static final String[] GUIDE = {
    "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"
  };

  private final StorageProvider provider;

  protected PolicyContract(StorageProvider provider) {
    this.provider = provider;
  }

  @TestFactory
  Stream<DynamicTest> thePolicyOfTheGuideIsEnoughForTheWholeContract() {
    return ContractTests.of(StorageContract.checks(allowing(GUIDE).fixture()));
  }

  @Test
  void thePolicyOfTheGuideIsEnoughForLargeObjects() {
    try (Storage storage =
        allowing(GUIDE).with("multipart_threshold", "5MB").with("part_size", "5MB").open()) {
      byte[] written = new byte[12 << 20];
      storage.put("large", Payload.of(written), PutMode.OVERWRITE);
      assertThat(storage.get("large", ByteRange.ALL).orElseThrow().bytes()).isEqualTo(written);
    }
  }

  @Test
  void aPutThatIsNotAllowedNamesWhatThePolicyLacks() {
    try (Storage storage = allowing("s3:GetObject", "s3:ListBucket").open()) {
      for (PutMode mode : List.of(PutMode.OVERWRITE, PutMode.IF_ABSENT, PutMode.ifMatches("x"))) {
        expectForbidden("s3:PutObject", () -> storage.put("o", Payload.of(new byte[] {1}), mode));
      }
    }
  }

  @Test
  void otherCallsThatAreNotAllowedNameWhatThePolicyLacks() {
    TestBucket bucket = allowing("s3:ListBucket", "s3:PutObject").with("prefix", "inner-place");
    try (Storage storage = bucket.open()) {
      storage.put("a", Payload.of(new byte[] {1}), PutMode.OVERWRITE);
      storage.put("b", Payload.of(new byte[] {1}), PutMode.OVERWRITE);
      expectForbidden("s3:GetObject", () -> storage.get("a", ByteRange.ALL));
      expectForbidden("s3:GetObject", () -> storage.head("a"));
      expectForbidden("s3:DeleteObject", () -> storage.delete(List.of("a")));
      expectForbidden("s3:DeleteObject", () -> storage.delete(List.of("a", "b")));
      assertThat(storage.list("", "", 10)).hasSize(2);
      // When it deletes several objects, the store answers with a success that names those it
      // refused.
      assertThatThrownBy(() -> storage.delete(List.of("a", "b")))
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> {
                assertThat(e.getMessage())
                    .doesNotContain("Access Denied", "inner-place", bucket.options().get("bucket"));
                assertThat(e.forOperators())
                    .contains(bucket.options().get("bucket"), "inner-place/", "Access Denied");
              });
    }
  }

  @Test
  void aBucketThatMayNotBeListedIsRefusedAtOpen() {
    // Before the assertion, because without a MinIO this call skips the test by an exception, which
    // the assertion would take for a refusal.
    TestBucket bucket = allowing("s3:GetObject", "s3:PutObject");
    assertThatThrownBy(bucket::open)
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("must allow s3:ListBucket");
  }

  private static void expectForbidden(String permission, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining("must allow " + permission);
  }

  /** A new bucket, opened by a user who may do only these actions. */
  private TestBucket allowing(String... actions) {
    S3Server server = S3Server.minio().orElseGet(() -> abort("no MinIO that has users of ours"));
    TestBucket bucket = TestBucket.on(server, provider);
    S3Server.User user =
        server
            .newUser(
                """
                {
                  "Version": "2012-10-17",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": ["%s"],
                    "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%2$s/*"]
                  }]
                }
                """
                    .formatted(String.join("\", \"", actions), bucket.options().get("bucket")))
            .orElseThrow();
    return bucket
        .with("access_key_id", user.accessKey())
        .with("secret_access_key", user.secretKey());
  }
}
