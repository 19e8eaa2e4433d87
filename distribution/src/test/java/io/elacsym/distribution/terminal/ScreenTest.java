package io.elacsym.distribution.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private boolean confirms(String typed) {
    Screen screen =
        new Screen(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err),
            true,
            80);
    return screen.confirms("Sure?");
  }

  @Test
  void onlyAYesIsAYes() {
    assertThat(confirms("y\n")).isTrue();
    assertThat(confirms(" YES \nno\n")).isTrue();
    assertThat(confirms("yes, please\n")).isFalse();
    assertThat(confirms("n\n")).isFalse();
    assertThat(confirms("\n")).isFalse();
    assertThat(confirms("")).isFalse();
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Sure? [y/N] Sure?");
  }
}
