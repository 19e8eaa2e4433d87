package io.elacsym.testing.s3.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.testing.s3.Fault;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.RequestHead;
import io.elacsym.testing.s3.S3Server;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects above the threshold. */
public abstract class MultipartContract {
  private static final int PART = 5 << 20;
  private static final int EVERY = 1000;

  private static final Predicate<RequestHead> COMPLETES =
      RequestHead.of("POST").and(request -> request.target().contains("uploadId="));

  @TempDir Path folder;

  private final StorageProvider provider;
  private final String checksum;
  private TestBucket bucket;
  private FaultyProxy proxy;
  private Storage storage;

  /**
   * @param checksum that the provider's client puts on what it sends, such as {@code crc32}
   */
  protected MultipartContract(StorageProvider provider, String checksum) {
    this.provider = provider;
    this.checksum = checksum;
  }

  @BeforeEach
  void open() {
    S3Server server = S3Server.plain();
    bucket =
        TestBucket.on(server, provider)
            .with("multipart_threshold", "5MB")
            .with("part_size", "5MB")
            .with("max_attempts", "3");
    proxy = FaultyProxy.before(server.endpoint());
    storage = bucket.through(proxy).open();
    proxy.forget();
  }

  @AfterEach
  void close() {
    storage.close();
    proxy.close();
  }

  @Test
  void anObjectInPartsComesBackWholeAndInRanges() throws Exception {
    byte[] written = random(3 * PART + 12_345);
    Path file = Files.write(folder.resolve("large"), written);
    PutResult result = storage.put("large", Payload.of(file), PutMode.OVERWRITE);
    assertThat(result.outcome()).isEqualTo(PutResult.Outcome.WON);
    assertThat(storage.head("large").orElseThrow().tag()).isEqualTo(result.tag().orElseThrow());
    assertThat(storage.get("large", ByteRange.ALL).orElseThrow().bytes()).isEqualTo(written);
    assertThat(storage.get("large", new ByteRange(PART - 10, 20)).orElseThrow().bytes())
        .isEqualTo(Arrays.copyOfRange(written, PART - 10, PART + 10));
    assertThat(proxy.requests().stream().filter(isPart())).hasSize(4);
  }

  @Test
  void onlyWhatIsLargerThanTheThresholdGoesInParts() {
    storage.put("whole", Payload.of(new byte[PART]), PutMode.OVERWRITE);
    assertThat(proxy.requests()).hasSize(1);
    proxy.forget();
    storage.put("parts", Payload.of(new byte[PART + 1]), PutMode.OVERWRITE);
    assertThat(proxy.requests()).hasSize(4);
    assertThat(storage.head("parts").orElseThrow().size()).isEqualTo(PART + 1);
  }

  @Test
  void aConditionalPutIsOneRequestWhateverItsSize() {
    PutResult first = storage.put("o", Payload.of(random(2 * PART)), PutMode.IF_ABSENT);
    assertThat(first.outcome()).isEqualTo(PutResult.Outcome.WON);
    assertThat(proxy.requests()).hasSize(1);
    assertThat(storage.put("o", Payload.of(random(2 * PART)), PutMode.IF_ABSENT))
        .isEqualTo(PutResult.LOST);
  }

  @Test
  void partsCarryTheChecksumThatWasAnnounced() {
    storage.put("o", Payload.of(random(2 * PART)), PutMode.OVERWRITE);
    assertThat(proxy.requests())
        .filteredOn(RequestHead.of("POST").and(COMPLETES.negate()))
        .singleElement()
        .matches(create ->
            create
                .header("x-amz-checksum-algorithm")
                .filter(checksum::equalsIgnoreCase)
                .isPresent());
    assertThat(proxy.requests())
        .filteredOn(isPart())
        .hasSize(2)
        .allMatch(part -> part.hasChecksum(checksum));
  }

  @Test
  void aPartThatFailsIsSentAgain() {
    byte[] written = random(3 * PART);
    proxy.next(1, isPart(), Fault.CUT_BEFORE);
    proxy.next(1, isPart(), Fault.CUT_ANSWER);
    assertThat(storage.put("o", Payload.of(written), PutMode.OVERWRITE).outcome())
        .isEqualTo(PutResult.Outcome.WON);
    assertThat(storage.get("o", ByteRange.ALL).orElseThrow().bytes()).isEqualTo(written);
  }

  @Test
  void anUploadWhosePartsFailThrowsAndLeavesNothing() {
    proxy.next(EVERY, isPart(), Fault.CUT_ANSWER);
    assertThatThrownBy(() -> storage.put("o", Payload.of(new byte[2 * PART]), PutMode.OVERWRITE))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
    proxy.behave();
    assertThat(storage.head("o")).isEmpty();
    assertThat(proxy.requests()).anyMatch(RequestHead.of("DELETE"));
    assertThat(bucket.uploadsUnderWay()).isZero();
  }

  @Test
  void anUploadWhoseAbortFailsTellsWhyItFailedAndNotWhyTheAbortDid() {
    proxy.next(EVERY, isPart(), Fault.answer(403, "AccessDenied"));
    proxy.next(EVERY, RequestHead.of("DELETE"), Fault.answer(400, "AbortsAreNotForYou"));
    assertThatThrownBy(() -> storage.put("o", Payload.of(new byte[2 * PART]), PutMode.OVERWRITE))
        .hasMessageContaining("s3:PutObject")
        .hasMessageNotContaining("AbortsAreNotForYou");
  }

  @Test
  void anUploadWhoseCompletionIsNotAnsweredIsInDoubt() {
    byte[] written = random(2 * PART);
    proxy.next(EVERY, COMPLETES, Fault.CUT_ANSWER);
    assertThat(storage.put("o", Payload.of(written), PutMode.OVERWRITE))
        .isEqualTo(PutResult.UNKNOWN);
    assertThat(storage.get("o", ByteRange.ALL).orElseThrow().bytes()).isEqualTo(written);
  }

  @Test
  void aPayloadThatBreaksInALaterPartLeavesNothing() {
    Payload breaking =
        new Payload() {
          @Override
          public long size() {
            return 4 * PART;
          }

          @Override
          public InputStream open() {
            return new FilterInputStream(InputStream.nullInputStream()) {
              private long left = 3 * PART + 77;

              @Override
              public int read() throws IOException {
                if (left == 0) {
                  throw new IOException("the payload's disk is gone");
                }
                left--;
                return 7;
              }

              @Override
              public int read(byte[] to, int from, int count) throws IOException {
                to[from] = (byte) read();
                int more = (int) Math.min(count - 1, left);
                Arrays.fill(to, from + 1, from + 1 + more, (byte) 7);
                left -= more;
                return 1 + more;
              }
            };
          }
        };
    assertThatThrownBy(() -> storage.put("o", breaking, PutMode.OVERWRITE))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> assertThat(e.forOperators()).contains("the payload's disk is gone"))
        .hasMessageContaining("cannot read the payload");
    assertThat(storage.head("o")).isEmpty();
    assertThat(bucket.uploadsUnderWay()).isZero();
  }

  private static Predicate<RequestHead> isPart() {
    return RequestHead.of("PUT").and(request -> request.target().contains("partNumber="));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
