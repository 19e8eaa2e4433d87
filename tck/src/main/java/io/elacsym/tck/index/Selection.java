package io.elacsym.tck.index;

/** Finds one of many values by its rank, without sorting the others. */
final class Selection {
  private Selection() {}

  /**
   * The value that would be at a place if all were sorted, ascending. Quickselect.
   *
   * @param values at least one; their order is changed
   * @param place from 0
   */
  static double nth(double[] values, int place) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      double pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        return pivot;
      }
    }
    return values[low];
  }
}
