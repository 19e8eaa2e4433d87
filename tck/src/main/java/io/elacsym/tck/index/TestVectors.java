package io.elacsym.tck.index;

import io.elacsym.api.index.VectorRows;
import io.elacsym.tck.MemoryBlobSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Vectors of a segment, for tests. Immutable, safe for use by many threads. */
public final class TestVectors implements VectorRows {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int segmentRows;
  private final int[] rows;
  private final int dimension;
  private final MemorySegment vectors;

  private TestVectors(int segmentRows, int[] rows, float[][] vectors) {
    this.segmentRows = segmentRows;
    this.rows = rows;
    this.dimension = vectors[0].length;
    MemorySegment memory = Arena.ofAuto().allocate(4L * dimension * vectors.length);
    for (int item = 0; item < vectors.length; item++) {
      MemorySegment.copy(vectors[item], 0, memory, FLOAT, 4L * dimension * item, dimension);
    }
    this.vectors = memory.asReadOnly();
  }

  /** One vector a row; at least one. */
  public static TestVectors of(float[][] vectors) {
    int[] rows = new int[vectors.length];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row;
    }
    return new TestVectors(vectors.length, rows, vectors);
  }

  /**
   * Vectors of some rows.
   *
   * @param rows ascending; {@code rows[i]} has {@code vectors[i]}
   */
  public static TestVectors of(int segmentRows, int[] rows, float[][] vectors) {
    return new TestVectors(segmentRows, rows.clone(), vectors);
  }

  /** The same vectors in a segment in which no row with {@code row % every == 1} has one. */
  public TestVectors withGaps(int every) {
    int[] spread = new int[rows.length];
    int row = 0;
    for (int item = 0; item < rows.length; item++) {
      row += row % every == 1 ? 1 : 0;
      spread[item] = row++;
    }
    return new TestVectors(row + 2, spread, arrays());
  }

  /** The same vectors with rows renumbered: {@code order[newRow] = oldRow}. */
  public TestVectors reordered(int[] order) {
    int[] itemOfRow = new int[segmentRows];
    Arrays.fill(itemOfRow, -1);
    for (int item = 0; item < rows.length; item++) {
      itemOfRow[rows[item]] = item;
    }
    int[] newRows = new int[rows.length];
    float[][] newVectors = new float[rows.length][];
    int next = 0;
    for (int newRow = 0; newRow < segmentRows; newRow++) {
      int item = itemOfRow[order[newRow]];
      if (item >= 0) {
        newRows[next] = newRow;
        newVectors[next++] = vector(item);
      }
    }
    return new TestVectors(segmentRows, newRows, newVectors);
  }

  @Override
  public int count() {
    return rows.length;
  }

  @Override
  public int row(int item) {
    return rows[item];
  }

  @Override
  public int segmentRows() {
    return segmentRows;
  }

  @Override
  public MemorySegment vectors() {
    return vectors;
  }

  @Override
  public void copy(int item, float[] to, int at) {
    MemorySegment.copy(vectors, FLOAT, 4L * dimension * item, to, at, dimension);
  }

  /** As the index of a stored segment meets them. */
  public PlacedVectors stored() {
    return new PlacedVectors(
        new MemoryBlobSource(vectors), dimension, row -> Arrays.binarySearch(rows, row));
  }

  /** A copy of one vector. */
  public float[] vector(int item) {
    float[] vector = new float[dimension];
    copy(item, vector, 0);
    return vector;
  }

  private float[][] arrays() {
    float[][] arrays = new float[rows.length][];
    for (int item = 0; item < arrays.length; item++) {
      arrays[item] = vector(item);
    }
    return arrays;
  }

  /** How vectors are spread. None is zero. */
  public enum Distribution {
    /** Normal clouds around some centers, of about 100 vectors each. */
    CLUSTERED,
    /** Independent components in -1 to 1. */
    UNIFORM,
    /** Uniform, but each vector comes about four times. */
    DUPLICATES,
    /** One vector, again and again. */
    EQUAL;

    /** Draws vectors. */
    public float[][] draw(int count, int dimension, Random random) {
      float[][] seeds =
          switch (this) {
            case CLUSTERED -> normal(Math.max(1, count / 100), dimension, random);
            case UNIFORM -> uniform(count, dimension, random);
            case DUPLICATES -> uniform(Math.max(1, count / 4), dimension, random);
            case EQUAL -> uniform(1, dimension, random);
          };
      float[][] vectors = new float[count][];
      for (int i = 0; i < count; i++) {
        vectors[i] =
            switch (this) {
              case CLUSTERED -> near(seeds[random.nextInt(seeds.length)], 0.35, random);
              case UNIFORM -> seeds[i];
              case DUPLICATES, EQUAL -> seeds[random.nextInt(seeds.length)];
            };
      }
      return vectors;
    }

    private static float[][] uniform(int count, int dimension, Random random) {
      float[][] vectors = new float[count][dimension];
      for (float[] vector : vectors) {
        for (int i = 0; i < dimension; i++) {
          vector[i] = 2 * random.nextFloat() - 1;
        }
        vector[0] += vector[0] < 0 ? -0.01f : 0.01f;
      }
      return vectors;
    }

    private static float[][] normal(int count, int dimension, Random random) {
      float[][] vectors = new float[count][dimension];
      for (int i = 0; i < count; i++) {
        vectors[i] = near(new float[dimension], 1, random);
      }
      return vectors;
    }
  }

  /** A vector in a normal cloud around another. */
  public static float[] near(float[] center, double spread, Random random) {
    float[] vector = new float[center.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (center[i] + spread * random.nextGaussian());
    }
    return vector;
  }
}
