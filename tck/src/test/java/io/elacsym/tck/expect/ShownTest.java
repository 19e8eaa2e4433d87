package io.elacsym.tck.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShownTest {
  private static FloatBuffer vector(float... components) {
    return FloatBuffer.wrap(components);
  }

  @Test
  void zerosOfDifferentSignsDiffer() {
    assertThat(Shown.same(vector(0f, 1), vector(-0f, 1))).isFalse();
    assertThat(Shown.same(new float[] {0f}, new float[] {-0f})).isFalse();
    assertThat(Shown.same(List.of(0.0), List.of(-0.0))).isFalse();
    assertThat(Shown.same(List.of(vector(1, 2)), List.of(vector(1, 2)))).isTrue();
  }

  @Test
  void theMessageOfAMismatchHasBothValues() {
    assertThatCode(() -> Expect.equal("number", 3, 3)).doesNotThrowAnyException();
    assertMessage(3, 4, "it is 4, expected 3");
    assertMessage(vector(0f, 2), vector(-0f, 2), "it is [-0.0, 2.0], expected [0.0, 2.0]");
    assertMessage(
        List.of(new int[] {1, 2}), List.of(new int[] {1, 3}), "it is [[1, 3]], expected [[1, 2]]");
  }

  @Test
  void nothingIsNoText() {
    assertThat(Shown.same(null, null)).isTrue();
    assertThat(Shown.same(null, "null")).isFalse();
    assertMessage("null", null, "it is null (no value), expected null");
    assertMessage(Arrays.asList(1, null), List.of(1, 2), "it is [1, 2], expected [1, null (no");
  }

  @Test
  void ofLongValuesTheMessageHasTheFirstDifference() {
    byte[] bytes = new byte[100_000];
    byte[] changed = bytes.clone();
    changed[70_000] = 0x2a;
    assertMessage(
        bytes,
        changed,
        "it is 100000 bytes with 2a00000000000000 from 70000 on, expected 100000 with"
            + " 0000000000000000");
    assertMessage(
        ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes, 0, 5), "it is 5 bytes with  from 5 on");
    assertMessage(
        "x".repeat(1000) + "yes",
        "x".repeat(1000) + "no",
        "it is '" + "x".repeat(20) + "no' at 980 of 1002, expected '" + "x".repeat(20) + "yes'");
    List<Object> names = Collections.nCopies(1000, "a name");
    assertMessage(
        names,
        names.subList(0, 999),
        "it is a list of 999 whose element 999 is missing, expected one of 1000 whose element is"
            + " a name");
  }

  private static void assertMessage(
      @Nullable Object expected, @Nullable Object seen, String message) {
    assertThatThrownBy(() -> Expect.equal("it", expected, seen))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }
}
