package io.elacsym.index.codes;

import java.util.Arrays;

/**
 * The k highest of many scores, without what they belong to. Unlike {@code TopK} it knows the k-th
 * highest after every offer: a threshold that rises early saves more than its upkeep costs. A
 * binary heap with the lowest at its root. For one thread.
 */
final class HighestScores {
  private float[] heap = {};
  private int k;
  private int size;

  /**
   * Forgets everything and keeps the memory.
   *
   * @param k how many, from 1
   */
  void reset(int k) {
    if (heap.length < k) {
      heap = new float[k];
    }
    this.k = k;
    this.size = 0;
  }

  /** The k-th highest; negative infinity before there are k. */
  float kth() {
    return size < k ? Float.NEGATIVE_INFINITY : heap[0];
  }

  /** The score of a rank from 1 to k; negative infinity if there are less. */
  float rank(int rank) {
    if (size < rank) {
      return Float.NEGATIVE_INFINITY;
    }
    float[] sorted = Arrays.copyOf(heap, size);
    Arrays.sort(sorted);
    return sorted[size - rank];
  }

  /** A score that is no number counts as the lowest. */
  void offer(float score) {
    float offered = Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score;
    if (size < k) {
      rise(size++, offered);
    } else if (offered > heap[0]) {
      sink(offered);
    }
  }

  private void rise(int from, float score) {
    int at = from;
    while (at > 0 && heap[(at - 1) / 2] > score) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = score;
  }

  private void sink(float score) {
    int at = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= score) {
        break;
      }
      heap[at] = heap[child];
      at = child;
      child = 2 * at + 1;
    }
    heap[at] = score;
  }
}
