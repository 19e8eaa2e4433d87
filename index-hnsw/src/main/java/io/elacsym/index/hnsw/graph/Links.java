package io.elacsym.index.hnsw.graph;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.Arrays;

/**
 * The links of one level: {@code stride} places for each id in one flat array, unused ones at the
 * end and -1.
 *
 * @param ids all places
 * @param stride places of each id
 */
public record Links(int[] ids, int stride) {
  public static final int NONE = -1;

  /** Room for {@code size} ids without any link. */
  public static Links empty(int size, int stride) {
    if ((long) size * stride > Integer.MAX_VALUE - 8) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "hnsw graph of "
              + size
              + " rows with "
              + stride
              + " links each, expected at most "
              + (Integer.MAX_VALUE - 8)
              + " links in one segment");
    }
    int[] ids = new int[size * stride];
    Arrays.fill(ids, NONE);
    return new Links(ids, stride);
  }

  /** How many links {@code id} has. */
  public int count(int id) {
    int from = id * stride;
    int count = 0;
    while (count < stride && ids[from + count] != NONE) {
      count++;
    }
    return count;
  }

  /** The {@code i}-th link of {@code id}. */
  public int get(int id, int i) {
    return ids[id * stride + i];
  }

  /** Gives {@code id} exactly the links {@code to[0..count)}. */
  public void set(int id, int[] to, int count) {
    int from = id * stride;
    System.arraycopy(to, 0, ids, from, count);
    Arrays.fill(ids, from + count, from + stride, NONE);
  }

  /** Adds a link at place {@code count}, the number of links so far. */
  public void append(int id, int count, int to) {
    ids[id * stride + count] = to;
  }
}
