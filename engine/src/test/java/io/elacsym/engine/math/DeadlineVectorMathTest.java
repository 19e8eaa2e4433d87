package io.elacsym.engine.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.VectorMath;
import io.elacsym.engine.model.Deadline;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeadlineVectorMathTest {
  private static final int DIMENSION = 64;
  private static final VectorMath MATH = Kernels.withDeadline(Kernels.scalar());

  /** A kernel over memory that compares so many vectors. */
  interface Kernel {
    void compare(int count);
  }

  static List<Kernel> kernels() {
    float[] query = new float[DIMENSION];
    float[] out = new float[1024];
    int[] items = new int[out.length];
    MemorySegment memory = MemorySegment.ofArray(new float[DIMENSION * out.length]);
    return List.of(
        count -> MATH.dots(query, memory, 0, count, out, 0),
        count -> MATH.squaredDistances(query, memory, 0, count, out, 0),
        count -> MATH.cosines(query, memory, 0, count, out, 0),
        count -> MATH.byteDots(query, memory, 0, DIMENSION, count, out, 0),
        count -> MATH.packedDots(query, 4, memory, 0, DIMENSION / 2, count, out, 0),
        count ->
            MATH.nibbleDots(
                new short[DIMENSION], memory, 0, DIMENSION, items, count, new int[out.length]));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aLargeBlockIsNotBegunWhenTheTimeIsOver(Kernel kernel) throws Exception {
    Deadline over = Deadline.in(Duration.ofDays(1), System::nanoTime);
    over.cancel("the client has left");
    assertThatExceptionOfType(ElacsymException.class)
        .isThrownBy(() -> compare(kernel, 1024, over))
        .extracting(ElacsymException::kind)
        .isEqualTo(ErrorKind.TIMEOUT);
    assertThat(compare(kernel, 1, over)).as("a small one costs less than looking").isTrue();
    assertThat(compare(kernel, 1024, Deadline.NONE)).isTrue();
  }

  private static boolean compare(Kernel kernel, int count, Deadline deadline) throws Exception {
    return deadline.call(() -> {
      kernel.compare(count);
      return true;
    });
  }
}
