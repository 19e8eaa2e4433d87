package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GzipAnswersTest {
  @Test
  void whatIsReleasedHasNoMemoryLeftAndHasWrittenNoEnd() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    GzipAnswers.Packed packed = GzipAnswers.compressing(sent);
    packed.write(new byte[100_000]);
    int before = sent.size();
    packed.release();
    assertThatThrownBy(() -> packed.write(new byte[100_000]))
        .hasMessageContaining("Deflater has been closed");
    assertThat(sent.size()).isEqualTo(before);
  }

  @Test
  void whatIsClosedMayBeReleasedToo() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    GzipAnswers.Packed packed = GzipAnswers.compressing(sent);
    packed.write(1);
    packed.close();
    int whole = sent.size();
    packed.release();
    assertThat(sent.size()).isEqualTo(whole);
  }
}
