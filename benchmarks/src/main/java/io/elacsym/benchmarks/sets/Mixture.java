package io.elacsym.benchmarks.sets;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A generator of vectors like those of text models: topics around fields, few of them frequent and
 * many rare, and differences within a topic that lie mostly in few directions, the same everywhere.
 *
 * <p>Vector {@code x = 0.5 F[f(t)] + 0.4 H[t] + sum over j = 1..48 of 0.4 / sqrt(j) g[j] U[j] + 0.4
 * / sqrt(d) e}. All of {@code F} (50 fields), {@code H} (4,000 topics) and {@code U} (48
 * directions) are random directions of length one; topic {@code t = 1, 2, ...} is drawn with
 * probability proportional to {@code t^-0.8} and belongs to a random field; {@code g} and {@code e}
 * are standard normal. The lengths are such that a query's neighbours lie in as many clusters as
 * those of embedded texts: with fields twice as long, the nearest cluster has nearly all of them.
 *
 * <p>A vector depends on the seed and its number only, so that many threads can make them, and the
 * first of ten million are those of a smaller set. Safe for use by many threads.
 */
final class Mixture {
  static final int FIELDS = 50;
  static final int TOPICS = 4_000;
  static final int DIRECTIONS = 48;
  private static final double TOPIC_EXPONENT = 0.8;
  private static final double FIELD_LENGTH = 0.5;
  private static final double TOPIC_LENGTH = 0.4;
  private static final double SPREAD = 0.4;
  private static final double NOISE = 0.4;

  private final int dimension;
  private final long seed;
  private final float[][] topics;
  private final double[] cumulative;
  private final float[][] directions;

  /** What random numbers are for: each purpose has a stream of its own. */
  private enum Stream {
    FIELD(0),
    TOPIC(1),
    DIRECTION(2),
    VECTOR(3),
    QUERY(4);

    private final long number;

    Stream(long number) {
      this.number = number;
    }
  }

  Mixture(int dimension, long seed) {
    this.dimension = dimension;
    this.seed = seed;
    float[][] fields = new float[FIELDS][];
    Arrays.setAll(fields, i -> direction(random(Stream.FIELD, i)));
    this.topics = new float[TOPICS][];
    this.cumulative = new double[TOPICS];
    double sum = 0;
    for (int t = 0; t < TOPICS; t++) {
      SplittableRandom random = random(Stream.TOPIC, t);
      topics[t] = new float[dimension];
      add(topics[t], (float) FIELD_LENGTH, fields[random.nextInt(FIELDS)]);
      add(topics[t], (float) TOPIC_LENGTH, direction(random));
      sum += Math.pow(t + 1, -TOPIC_EXPONENT);
      cumulative[t] = sum;
    }
    this.directions = new float[DIRECTIONS][];
    for (int j = 0; j < DIRECTIONS; j++) {
      directions[j] = direction(random(Stream.DIRECTION, j));
      float scale = (float) (SPREAD / Math.sqrt(j + 1));
      for (int i = 0; i < dimension; i++) {
        directions[j][i] *= scale;
      }
    }
  }

  /** One of the vectors to search in. */
  void vector(long number, float[] to) {
    draw(random(Stream.VECTOR, number), to);
  }

  /** One of the queries: of the same kind, but none of the vectors. */
  void query(long number, float[] to) {
    draw(random(Stream.QUERY, number), to);
  }

  private void draw(SplittableRandom random, float[] to) {
    double at = random.nextDouble() * cumulative[TOPICS - 1];
    int found = Arrays.binarySearch(cumulative, at);
    System.arraycopy(topics[found < 0 ? -found - 1 : found], 0, to, 0, dimension);
    for (float[] one : directions) {
      add(to, (float) random.nextGaussian(), one);
    }
    double noise = NOISE / Math.sqrt(dimension);
    for (int i = 0; i < dimension; i++) {
      to[i] += (float) (noise * random.nextGaussian());
    }
  }

  private float[] direction(SplittableRandom random) {
    float[] vector = new float[dimension];
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
      square += (double) vector[i] * vector[i];
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  private static void add(float[] to, float factor, float[] vector) {
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.fma(factor, vector[i], to[i]);
    }
  }

  private SplittableRandom random(Stream stream, long number) {
    // Each multiplier is odd, so that neighbouring numbers get unrelated states.
    return new SplittableRandom(
        seed * 0xD1342543DE82EF95L
            + stream.number * 0xAF251AF3B0F025B5L
            + number * 0x9E3779B97F4A7C15L * 0x632BE59BD9B4E019L);
  }
}
