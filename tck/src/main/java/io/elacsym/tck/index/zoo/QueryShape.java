package io.elacsym.tck.index.zoo;

import java.util.Random;

/** How queries are related to the rows they look for. None is zero. */
public enum QueryShape {
  /** Drawn with the rows, and not among them. */
  LIKE_ROWS {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      return heldOut.clone();
    }
  },
  /** A row itself. */
  A_ROW {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      return drawn.rows()[random.nextInt(drawn.rows().length)].clone();
    }
  },
  /** Between two that are like the rows. */
  BETWEEN {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      float[] other = drawn.heldOut()[random.nextInt(drawn.heldOut().length)];
      float[] query = heldOut.clone();
      for (int i = 0; i < query.length; i++) {
        query[i] = (query[i] + other[i]) / 2;
      }
      return query;
    }
  },
  /** Like the rows, but moved in a random direction by as much as rows lie around their mean. */
  SHIFTED {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      float[] query = noise(heldOut.length, drawn.spread(), random);
      for (int i = 0; i < query.length; i++) {
        query[i] += heldOut[i];
      }
      return query;
    }
  },
  /** Minus a vector like the rows. */
  NEGATED {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      return scaled(heldOut, -1);
    }
  },
  /** Like the rows, 5 times as far from the origin. */
  FAR_5 {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      return scaled(heldOut, 5);
    }
  },
  /** Like the rows, 50 times as far from the origin. */
  FAR_50 {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      return scaled(heldOut, 50);
    }
  },
  /** In any direction from the origin, about as long as a row. */
  NOISE {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      return noise(heldOut.length, drawn.size(), random);
    }
  },
  /** Noise whose components are all 0 or more. */
  NON_NEGATIVE {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      return Rows.each(new float[][] {noise(heldOut.length, drawn.size(), random)}, Math::abs)[0];
    }
  },
  /** Along one axis, about as long as a row. */
  AN_AXIS {
    @Override
    float[] make(Drawn drawn, float[] heldOut, Random random) {
      float[] query = new float[heldOut.length];
      query[random.nextInt(query.length)] =
          (float) (drawn.size() * (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble()));
      return query;
    }
  };

  /**
   * @param heldOut one of those of {@code drawn}
   */
  abstract float[] make(Drawn drawn, float[] heldOut, Random random);

  /** A query from the {@code number}-th vector that was held out. */
  public float[] query(Drawn drawn, int number, Random random) {
    float[] query = make(drawn, drawn.heldOut()[number], random);
    Rows.keepFromZero(query);
    return query;
  }

  private static float[] scaled(float[] vector, double factor) {
    float[] scaled = vector.clone();
    Rows.scale(scaled, factor);
    return scaled;
  }

  private static float[] noise(int dimension, double size, Random random) {
    return Rows.near(new float[dimension], size / Math.sqrt(dimension), random);
  }
}
