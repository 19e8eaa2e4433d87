package io.elacsym.testing.s3.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.testing.s3.S3Server;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Encryption by the store, on a MinIO that has a key of its own. */
public abstract class EncryptionContract {
  private static final int LARGE = 11 << 20;

  private final TestBucket bucket;

  protected EncryptionContract(StorageProvider provider) {
    S3Server server = S3Server.minio().orElseGet(() -> abort("no MinIO that has a key of ours"));
    this.bucket = TestBucket.on(server, provider);
  }

  @Test
  void putsAskForKeysOfTheStore() {
    for (String name : written("sse-s3")) {
      assertThat(bucket.head(name).serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
    }
  }

  @Test
  void putsAskForKeysOfAKeyManagementService() {
    for (String name : written("sse-kms")) {
      HeadObjectResponse head = bucket.head(name);
      assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
      assertThat(head.ssekmsKeyId()).endsWith("elacsym-key");
    }
  }

  @Test
  void putsAskForNothingUnlessTold() {
    for (String name : written("none")) {
      assertThat(bucket.head(name).serverSideEncryption()).isNull();
    }
  }

  @Test
  void aKeyThatTheServiceDoesNotHaveIsToldAsSuch() {
    try (Storage storage =
        bucket.with("sse", "sse-kms").with("sse_kms_key_id", "no-such-key").open()) {
      assertThatThrownBy(() -> storage.put("o", Payload.of(new byte[] {1}), PutMode.IF_ABSENT))
          .hasMessageContaining("sse_kms_key_id");
    }
  }

  /**
   * Makes puts of every kind and reads them back. Conditional puts must work with the tags of
   * encrypted objects.
   */
  private List<String> written(String sse) {
    try (Storage storage =
        bucket
            .with("sse", sse)
            .with("multipart_threshold", "5MB")
            .with("part_size", "5MB")
            .open()) {
      byte[] small = {1, 2, 3};
      storage.put("whole", Payload.of(small), PutMode.OVERWRITE);
      storage.put("parts", Payload.of(new byte[LARGE]), PutMode.OVERWRITE);
      PutResult created = storage.put("conditional", Payload.of(small), PutMode.IF_ABSENT);
      PutMode ifMatches = PutMode.ifMatches(created.tag().orElseThrow());
      PutResult replaced = storage.put("conditional", Payload.of(small), ifMatches);
      assertThat(replaced.outcome()).isEqualTo(PutResult.Outcome.WON);
      assertThat(storage.get("whole", new ByteRange(1, 1)).orElseThrow().bytes())
          .containsExactly(2);
      assertThat(storage.get("parts", ByteRange.ALL).orElseThrow().bytes()).hasSize(LARGE);
      assertThat(storage.getIfChanged("conditional", replaced.tag().orElseThrow()))
          .isEqualTo(Changed.UNCHANGED);
      return List.of("whole", "parts", "conditional");
    }
  }
}
