package io.elacsym.benchmarks.kernels;

import io.elacsym.api.VectorMath;
import io.elacsym.engine.math.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds to compare one vector, or its code, with a query. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VectorMathBenchmark {
  /** Vectors of one call; each call takes the next ones. */
  static final int BATCH = 256;

  @Param({"simd", "scalar"})
  private String kernel = "";

  @Param({"384", "768"})
  private int dimension;

  /** A block that stays in the CPU's cache, or vectors that come from main memory. */
  @Param({"256", "200000"})
  private int vectors;

  private VectorMath math = Kernels.scalar();
  private MemorySegment data = MemorySegment.NULL;
  private MemorySegment codes = MemorySegment.NULL;
  private MemorySegment planes = MemorySegment.NULL;
  private byte[] tables = {};
  private final int[] sums = new int[VectorMath.BLOCK];
  private final int[] items = new int[32];
  private short[] integers = {};
  private float[] query = {};
  private final float[] out = new float[BATCH];
  private int next;

  /** Fills the vectors at random. */
  @Setup(Level.Trial)
  public void fill() {
    math = kernel.equals("simd") ? Kernels.choose() : Kernels.scalar();
    data = Arena.ofAuto().allocate((long) vectors * dimension * Float.BYTES, 64);
    Random random = new Random(42);
    for (long i = 0; i < (long) vectors * dimension; i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
    }
    byte[] random8 = new byte[vectors * dimension];
    random.nextBytes(random8);
    codes = Arena.ofAuto().allocate(random8.length, 64).copyFrom(MemorySegment.ofArray(random8));
    byte[] fields = new byte[vectors * dimension / Byte.SIZE];
    random.nextBytes(fields);
    planes = Arena.ofAuto().allocate(fields.length, 64).copyFrom(MemorySegment.ofArray(fields));
    tables = new byte[16 * (dimension / 4) + 16];
    random.nextBytes(tables);
    query = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      query[i] = random.nextFloat() - 0.5f;
    }
    integers = new short[dimension];
    for (int i = 0; i < dimension; i++) {
      integers[i] = (short) (random.nextInt(255) - 127);
    }
  }

  private long nextOffset(int componentBytes) {
    next = next + 2 * BATCH > vectors ? 0 : next + BATCH;
    return (long) next * dimension * componentBytes;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] dots() {
    math.dots(query, data, nextOffset(Float.BYTES), BATCH, out, 0);
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] squaredDistances() {
    math.squaredDistances(query, data, nextOffset(Float.BYTES), BATCH, out, 0);
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] byteDots() {
    math.byteDots(query, codes, nextOffset(Byte.BYTES), dimension, BATCH, out, 0);
    return out;
  }

  /** Codes of 4 bits a component, such as those that refine signs. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[] packedDots() {
    next = next + 2 * BATCH > vectors ? 0 : next + BATCH;
    int stride = dimension / 2;
    math.packedDots(query, 4, codes, (long) next * stride, stride, BATCH, out, 0);
    return out;
  }

  /** Codes of 4 bits a component of items anywhere, such as those of a graph's nodes. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int[] nibbleDots() {
    next = next + 2 * BATCH > vectors ? 0 : next + BATCH;
    for (int i = next; i < next + BATCH; i += items.length) {
      for (int j = 0; j < items.length; j++) {
        // Far from one another, and soon all of them.
        items[j] = (int) ((i + j) * 2_654_435_761L % vectors);
      }
      math.nibbleDots(integers, codes, 0, dimension / 2, items, items.length, sums);
    }
    return sums;
  }

  /** Codes of one bit a component, four components a table. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int[] tableSums() {
    next = next + 2 * BATCH > vectors ? 0 : next + BATCH;
    for (int code = next; code < next + BATCH; code += VectorMath.BLOCK) {
      math.tableSums(tables, dimension / 4, planes, (long) code * dimension / Byte.SIZE, sums);
    }
    return sums;
  }
}
