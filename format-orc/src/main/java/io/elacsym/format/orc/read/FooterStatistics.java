package io.elacsym.format.orc.read;

import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.format.orc.layout.InstantCode;
import io.elacsym.format.orc.layout.LeafType;
import java.util.Optional;
import org.apache.orc.OrcProto;
import org.apache.orc.OrcProto.DoubleStatistics;
import org.apache.orc.OrcProto.IntegerStatistics;
import org.apache.orc.OrcProto.StringStatistics;
import org.apache.orc.OrcProto.TimestampStatistics;

/** What the footer knows of a column's values. */
final class FooterStatistics {
  private FooterStatistics() {}

  static ColumnStatistics of(Footer.FooterColumn column, int rows) {
    Bounds bounds =
        column.leafStatistics().getNumberOfValues() == 0 ? Bounds.UNKNOWN : bounds(column);
    return new ColumnStatistics(
        rows - column.statistics().getNumberOfValues(), bounds.min(), bounds.max());
  }

  private record Bounds(Optional<Comparable<?>> min, Optional<Comparable<?>> max) {
    static final Bounds UNKNOWN = new Bounds(Optional.empty(), Optional.empty());

    static Bounds of(Comparable<?> min, Comparable<?> max) {
      return new Bounds(Optional.of(min), Optional.of(max));
    }
  }

  private static Bounds bounds(Footer.FooterColumn column) {
    OrcProto.ColumnStatistics values = column.leafStatistics();
    return switch (LeafType.of(column.spec())) {
      case BOOLEAN -> booleans(values);
      case LONG -> longs(column, values.getIntStatistics());
      case INSTANT -> instants(values.getTimestampStatistics());
      case DOUBLE -> doubles(values.getDoubleStatistics());
      case STRING -> texts(values.getStringStatistics());
      case BINARY, FLOAT -> Bounds.UNKNOWN;
    };
  }

  private static Bounds booleans(OrcProto.ColumnStatistics values) {
    long trues = values.getBucketStatistics().getCount(0);
    return Bounds.of(trues == values.getNumberOfValues(), trues > 0);
  }

  private static Bounds longs(Footer.FooterColumn column, IntegerStatistics values) {
    long min = values.getMinimum();
    long max = values.getMaximum();
    // ORC has compared them as signed: right for unsigned ones when all have one sign.
    boolean isKnown =
        !column.spec().logicalType().equals("uint") || (min < 0 && max < 0) || (min >= 0);
    return isKnown ? Bounds.of(min, max) : Bounds.UNKNOWN;
  }

  private static Bounds instants(TimestampStatistics values) {
    return new Bounds(instant(values.getMinimumUtc()), instant(values.getMaximumUtc()));
  }

  private static Optional<Comparable<?>> instant(long bound) {
    return InstantCode.isRightBound(bound) ? Optional.of(bound) : Optional.empty();
  }

  private static Bounds doubles(DoubleStatistics values) {
    return values.hasMinimum()
        ? Bounds.of(values.getMinimum(), values.getMaximum())
        : Bounds.UNKNOWN;
  }

  private static Bounds texts(StringStatistics values) {
    return new Bounds(
        values.hasMinimum() ? Optional.of(values.getMinimum()) : Optional.empty(),
        values.hasMaximum() ? Optional.of(values.getMaximum()) : Optional.empty());
  }
}
