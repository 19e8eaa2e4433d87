package io.elacsym.storage.bucket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.blob.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer is held to what was asked for. */
class FetchedTest {
  private static final Instant DATE = Instant.parse("2026-11-25T19:49:06.828Z");
  private static final ByteRange RANGE = new ByteRange(2, 3);

  @Test
  void aWholeObjectIsReadWithWhatIsKnownOfIt() throws Exception {
    Fetched object = Fetched.read(head(200, 5, ""), bytes("abcde"), ByteRange.ALL);
    assertThat(object.bytes()).asString().isEqualTo("abcde");
    assertThat(object.facts())
        .isEqualTo(new Facts(5, "tag", Instant.parse("2026-11-25T19:49:06Z")));
  }

  @Test
  void aPartIsReadWithTheSizeOfTheWhole() throws Exception {
    Fetched object = Fetched.read(head(206, 3, "bytes 2-4/10"), bytes("cde"), RANGE);
    assertThat(object.bytes()).asString().isEqualTo("cde");
    assertThat(object.facts().size()).isEqualTo(10);
    Fetched last = Fetched.read(head(206, 2, "bytes 2-3/4"), bytes("cd"), RANGE);
    assertThat(last.bytes()).asString().isEqualTo("cd");
  }

  @ParameterizedTest
  @CsvSource({
    "200, 10, '', abcdefghij, has status 200",
    "206, 3, '', cde, Content-Range is ''",
    "206, 3, bytes 3-5/10, def, Content-Range is 'bytes 3-5/10'",
    "206, 3, bytes 2-4/*, cde, Content-Range is",
    "206, 4, bytes 2-5/10, cdef, has 4 bytes",
  })
  void anotherPartIsNoAnswer(int status, long length, String range, String body, String said) {
    assertThatThrownBy(() -> Fetched.read(head(status, length, range), bytes(body), RANGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(said);
  }

  @Test
  void aPartIsNotTakenForTheWhole() {
    AnswerHead head = head(206, 3, "bytes 0-2/10");
    assertThatThrownBy(() -> Fetched.read(head, bytes("abc"), ByteRange.ALL))
        .hasMessageContaining("all of an object was asked for, and the answer has status 206");
  }

  @Test
  void anAnswerThatEndsEarlyOrGoesOnIsNone() {
    AnswerHead head = head(200, 5, "");
    assertThatThrownBy(() -> Fetched.read(head, bytes("abc"), ByteRange.ALL))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("after 3 of 5 bytes");
    assertThatThrownBy(() -> Fetched.read(head, bytes("abcdef"), ByteRange.ALL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 5 bytes");
  }

  @Test
  void anAnswerThatLacksLengthVersionOrDateIsNone() {
    Optional<String> none = Optional.empty();
    Optional<String> tag = Optional.of("tag");
    for (AnswerHead head :
        new AnswerHead[] {
          new AnswerHead(200, -1, none, tag, Optional.of(DATE)),
          new AnswerHead(200, 3, none, none, Optional.of(DATE)),
          new AnswerHead(200, 3, none, tag, Optional.empty())
        }) {
      assertThatThrownBy(() -> Fetched.read(head, bytes("abc"), ByteRange.ALL))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected all three");
    }
  }

  @Test
  void whatNoArrayHoldsIsNotRead() {
    long size = 3L << 30;
    ByteRange range = new ByteRange(10, Long.MAX_VALUE);
    AnswerHead part = head(206, size - 10, "bytes 10-" + (size - 1) + "/" + size);
    InputStream untouched =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("was read");
          }

          @Override
          public int read(byte[] to, int from, int count) {
            return read();
          }
        };
    assertThatThrownBy(() -> Fetched.read(part, untouched, range))
        .isInstanceOf(CallFailure.TooLarge.class)
        .hasMessage("it has 3221225462 bytes, expected at most 2147483639");
    assertThatThrownBy(() -> Fetched.read(head(200, size, ""), untouched, ByteRange.ALL))
        .isInstanceOf(CallFailure.TooLarge.class);
  }

  private static AnswerHead head(int status, long length, String range) {
    return new AnswerHead(
        status,
        length,
        Optional.of(range).filter(text -> !text.isEmpty()),
        Optional.of("\"tag\""),
        Optional.of(DATE));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
