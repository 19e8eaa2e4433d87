package io.elacsym.storage.bucket.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTest {
  /** A payload that says one size and yields what it has; it counts what is open. */
  private record Counting(long size, String bytes, List<String> streams) implements Payload {
    Counting(long size, String bytes) {
      this(size, bytes, new ArrayList<>());
    }

    @Override
    public InputStream open() {
      streams.add("stream");
      return new ByteArrayInputStream(bytes.getBytes(UTF_8)) {
        @Override
        public void close() {
          streams.remove("stream");
        }
      };
    }
  }

  @Test
  void eachSendingReadsTheBytesFromTheFirstOnAndAnArrayIsReadOnce() throws Exception {
    Counting payload = new Counting(6, "abcdef");
    try (Body body = Body.part("o", payload, 2, 3)) {
      assertThat(body.length()).isEqualTo(3);
      assertThat(body.stream().readAllBytes()).asString().isEqualTo("cde");
      assertThat(body.stream().readAllBytes()).asString().isEqualTo("cde");
      assertThat(payload.streams()).hasSize(2);
      assertThat(body.bytes()).asString().isEqualTo("cde");
      assertThat(body.bytes()).isSameAs(body.bytes());
      assertThat(payload.streams()).hasSize(3);
      assertThat(body.failure()).isEmpty();
    }
    assertThat(payload.streams()).isEmpty();
  }

  @Test
  void anEmptyPayloadIsABody() throws Exception {
    try (Body body = Body.of("o", new Counting(0, ""))) {
      assertThat(body.stream().readAllBytes()).isEmpty();
      assertThat(body.bytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "6, abc, 0, 6, payload of object 'o' yields 3 bytes and expected its size of 6",
    "6, abc, 2, 3, payload of object 'o' yields 3 bytes and expected its size of 6",
    "6, abc, 4, 2, payload of object 'o' yields fewer bytes and expected its size of 6",
    "2, abc, 0, 2, payload of object 'o' yields more bytes and expected its size of 2",
    "0, abc, 0, 0, payload of object 'o' yields more bytes and expected its size of 0",
  })
  void aPayloadOfAnotherSizeIsRefusedBeforeItIsWhole(
      long size, String bytes, long offset, long length, String said) {
    String message = said.replace(" and ", ", ");
    try (Body streamed = Body.part("o", new Counting(size, bytes), offset, length);
        Body array = Body.part("o", new Counting(size, bytes), offset, length)) {
      assertThatThrownBy(() -> streamed.stream().readAllBytes())
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
                assertThat(streamed.failure()).containsSame(e);
              })
          .hasMessage(message);
      assertThatThrownBy(array::bytes).hasMessage(message);
    }
  }

  @Test
  void aPartIsNotReadBeyondItsEnd() throws Exception {
    try (Body body = Body.part("o", new Counting(3, "abcdef"), 0, 2)) {
      assertThat(body.stream().readAllBytes()).asString().isEqualTo("ab");
    }
  }

  @Test
  void aPayloadThatCannotBeReadIsNoFaultOfTheStorage() {
    Payload broken =
        new Payload() {
          @Override
          public long size() {
            return 3;
          }

          @Override
          public InputStream open() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    try (Body body = Body.of("o", broken)) {
      assertThatThrownBy(body::stream)
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                assertThat(e.forOperators()).contains("the disk is gone");
              })
          .hasMessage("cannot read the payload of object 'o'");
      assertThat(body.failure()).isPresent();
    }
  }
}
