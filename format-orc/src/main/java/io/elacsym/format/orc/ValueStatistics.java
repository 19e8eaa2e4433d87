package io.elacsym.format.orc;

import java.util.Arrays;
import org.apache.orc.OrcProto.BucketStatistics;
import org.apache.orc.OrcProto.ColumnStatistics;
import org.apache.orc.OrcProto.DoubleStatistics;
import org.apache.orc.OrcProto.IntegerStatistics;
import org.apache.orc.OrcProto.TimestampStatistics;

/** What is known of the values of one column in the row group being written. For one thread. */
abstract sealed class ValueStatistics {
  private long count;
  private boolean hasAbsent;

  final void addAbsent() {
    hasAbsent = true;
  }

  /** Counts values; returns whether they are the first. */
  final boolean count(int values) {
    boolean areFirst = count == 0;
    count += values;
    return areFirst;
  }

  /** Counts a value; returns whether it is the first. */
  final boolean count() {
    return count(1);
  }

  /** What is known by now; begins again. */
  final ColumnStatistics take() {
    ColumnStatistics.Builder taken =
        ColumnStatistics.newBuilder().setNumberOfValues(count).setHasNull(hasAbsent);
    if (count > 0) {
      addTo(taken);
    }
    count = 0;
    hasAbsent = false;
    return taken.build();
  }

  /** Adds what is known of at least one value. */
  abstract void addTo(ColumnStatistics.Builder statistics);

  /** Only how many there are. */
  static final class OfCounts extends ValueStatistics {
    @Override
    void addTo(ColumnStatistics.Builder statistics) {}
  }

  static final class OfBooleans extends ValueStatistics {
    private long trues;

    void add(boolean value) {
      trues = (count() ? 0 : trues) + (value ? 1 : 0);
    }

    @Override
    void addTo(ColumnStatistics.Builder statistics) {
      statistics.setBucketStatistics(BucketStatistics.newBuilder().addCount(trues));
    }
  }

  /** Of numbers, or of instants in milliseconds. */
  static final class OfLongs extends ValueStatistics {
    private final boolean areInstants;
    private long min;
    private long max;

    OfLongs(boolean areInstants) {
      this.areInstants = areInstants;
    }

    void add(long value) {
      boolean isFirst = count();
      min = isFirst ? value : Math.min(min, value);
      max = isFirst ? value : Math.max(max, value);
    }

    @Override
    void addTo(ColumnStatistics.Builder statistics) {
      if (areInstants) {
        // Nanoseconds of the largest are 0, which is stored as 1; without, they could be any.
        statistics.setTimestampStatistics(
            TimestampStatistics.newBuilder()
                .setMinimumUtc(min)
                .setMaximumUtc(max)
                .setMaximumNanos(1));
      } else {
        statistics.setIntStatistics(IntegerStatistics.newBuilder().setMinimum(min).setMaximum(max));
      }
    }
  }

  static final class OfDoubles extends ValueStatistics {
    private double min;
    private double max;
    private double sum;

    void add(double value) {
      boolean isFirst = count();
      min = isFirst ? value : Math.min(min, value);
      max = isFirst ? value : Math.max(max, value);
      sum = isFirst ? value : sum + value;
    }

    @Override
    void addTo(ColumnStatistics.Builder statistics) {
      DoubleStatistics.Builder doubles = DoubleStatistics.newBuilder();
      if (Double.isNaN(min)) {
        // How a reader learns that there are values which compare with none.
        doubles.setSum(Double.NaN);
      } else {
        doubles.setMinimum(min).setMaximum(max).setSum(sum);
      }
      statistics.setDoubleStatistics(doubles);
    }
  }

  /** Of UTF-8, in the order of its bytes. */
  static final class OfTexts extends ValueStatistics {
    private byte[] min = {};
    private byte[] max = {};

    void add(byte[] value) {
      boolean isFirst = count();
      if (isFirst || Arrays.compareUnsigned(value, min) < 0) {
        min = value;
      }
      if (isFirst || Arrays.compareUnsigned(value, max) > 0) {
        max = value;
      }
    }

    @Override
    void addTo(ColumnStatistics.Builder statistics) {
      TextBounds.of(min, max).ifPresent(statistics::setStringStatistics);
    }
  }
}
