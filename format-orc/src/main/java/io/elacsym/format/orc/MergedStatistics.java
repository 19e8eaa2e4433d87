package io.elacsym.format.orc;

import org.apache.orc.OrcProto.BucketStatistics;
import org.apache.orc.OrcProto.ColumnStatistics;
import org.apache.orc.OrcProto.DoubleStatistics;
import org.apache.orc.OrcProto.IntegerStatistics;
import org.apache.orc.OrcProto.TimestampStatistics;

/** What is known of one column's values in two parts of a file together. */
final class MergedStatistics {
  private MergedStatistics() {}

  static ColumnStatistics of(ColumnStatistics a, ColumnStatistics b) {
    ColumnStatistics.Builder merged = ColumnStatistics.newBuilder();
    if (a.getNumberOfValues() == 0) {
      merged.mergeFrom(b);
    } else if (b.getNumberOfValues() == 0) {
      merged.mergeFrom(a);
    } else {
      addValues(a, b, merged);
    }
    return merged
        .setNumberOfValues(a.getNumberOfValues() + b.getNumberOfValues())
        .setHasNull(a.getHasNull() || b.getHasNull())
        .build();
  }

  private static void addValues(
      ColumnStatistics a, ColumnStatistics b, ColumnStatistics.Builder merged) {
    if (a.hasBucketStatistics()) {
      merged.setBucketStatistics(
          BucketStatistics.newBuilder()
              .addCount(a.getBucketStatistics().getCount(0) + b.getBucketStatistics().getCount(0)));
    }
    if (a.hasIntStatistics()) {
      IntegerStatistics one = a.getIntStatistics();
      IntegerStatistics other = b.getIntStatistics();
      merged.setIntStatistics(
          IntegerStatistics.newBuilder()
              .setMinimum(Math.min(one.getMinimum(), other.getMinimum()))
              .setMaximum(Math.max(one.getMaximum(), other.getMaximum())));
    }
    if (a.hasTimestampStatistics()) {
      TimestampStatistics one = a.getTimestampStatistics();
      TimestampStatistics other = b.getTimestampStatistics();
      merged.setTimestampStatistics(
          TimestampStatistics.newBuilder()
              .setMinimumUtc(Math.min(one.getMinimumUtc(), other.getMinimumUtc()))
              .setMaximumUtc(Math.max(one.getMaximumUtc(), other.getMaximumUtc()))
              .setMaximumNanos(one.getMaximumNanos()));
    }
    if (a.hasDoubleStatistics()) {
      merged.setDoubleStatistics(doubles(a.getDoubleStatistics(), b.getDoubleStatistics()));
    }
    if (a.hasStringStatistics() && b.hasStringStatistics()) {
      merged.setStringStatistics(
          TextBounds.merged(a.getStringStatistics(), b.getStringStatistics()));
    }
  }

  private static DoubleStatistics doubles(DoubleStatistics a, DoubleStatistics b) {
    DoubleStatistics.Builder merged = DoubleStatistics.newBuilder().setSum(a.getSum() + b.getSum());
    if (a.hasMinimum() && b.hasMinimum()) {
      merged
          .setMinimum(Math.min(a.getMinimum(), b.getMinimum()))
          .setMaximum(Math.max(a.getMaximum(), b.getMaximum()));
    }
    return merged.build();
  }
}
