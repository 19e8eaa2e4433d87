package io.elacsym.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.RequestHead;
import io.elacsym.testing.s3.S3Server;
import io.elacsym.testing.s3.contract.BucketContract;
import io.elacsym.testing.s3.contract.TestBucket;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketTest extends BucketContract {
  BucketTest() {
    super(new S3StorageProvider(), "crc32");
  }

  @Test
  void checksumsAreLeftOutForStoresThatDoNotKnowThem() {
    S3Server server = S3Server.plain();
    TestBucket bucket = TestBucket.on(server, new S3StorageProvider());
    try (FaultyProxy proxy = FaultyProxy.before(server.endpoint());
        Storage plain = bucket.through(proxy).with("checksums", "when_required").open()) {
      Payload payload = Payload.of(new byte[] {1});
      plain.put("a", payload, PutMode.OVERWRITE);
      plain.put("b", payload, PutMode.OVERWRITE);
      assertThat(plain.get("a", ByteRange.ALL)).isPresent();
      plain.delete(List.of("a", "b"));
      assertThat(plain.list("", "", 1)).isEmpty();
      assertThat(proxy.requests())
          .filteredOn(RequestHead.of("PUT"))
          .hasSize(2)
          .noneMatch(request -> request.toString().contains("x-amz-checksum"))
          .noneMatch(request -> request.header("x-amz-trailer").isPresent());
      assertThat(proxy.requests())
          .filteredOn(RequestHead.of("POST"))
          .singleElement()
          .matches(request -> request.header("Content-MD5").isPresent());
    }
  }
}
