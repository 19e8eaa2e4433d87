package io.elacsym.format.orc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.OrcProto.ColumnEncoding;
import org.apache.orc.OrcProto.ColumnStatistics;
import org.apache.orc.OrcProto.RowIndex;
import org.apache.orc.OrcProto.RowIndexEntry;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.impl.BitFieldWriter;
import org.apache.orc.impl.OutStream;

/**
 * One ORC column of the stripe that is being written: which rows have a value, where row groups
 * begin, and what is known of their values. For one thread.
 */
final class OrcColumn {
  private final int id;
  private final ColumnEncoding.Kind encoding;
  private final StreamEncoder values;
  private final ValueStatistics statistics;
  private final OutStream presentStream;
  private final BitFieldWriter present;
  private final List<Group> groups = new ArrayList<>();
  private Start start;
  private boolean anyAbsent;

  OrcColumn(
      int id,
      ColumnEncoding.Kind encoding,
      StreamEncoder values,
      ValueStatistics statistics,
      StripeStreams streams)
      throws IOException {
    this.id = id;
    this.encoding = encoding;
    this.values = values;
    this.statistics = statistics;
    this.presentStream = streams.create(id, Stream.Kind.PRESENT);
    this.present = new BitFieldWriter(presentStream, 1);
    this.start = start();
  }

  /** Where a row group begins in the present stream, and in the others. */
  private record Start(List<Long> present, List<Long> values) {}

  private record Group(Start start, ColumnStatistics statistics) {}

  private Start start() throws IOException {
    Start next = new Start(new ArrayList<>(), new ArrayList<>());
    present.getPosition(next.present()::add);
    values.position(next.values()::add);
    return next;
  }

  /** Begins a row. Not to be called for elements of lists, which always have a value. */
  void addRow(boolean isPresent) throws IOException {
    present.write(isPresent ? 1 : 0);
    if (!isPresent) {
      statistics.addAbsent();
      anyAbsent = true;
    }
  }

  void endGroup() throws IOException {
    groups.add(new Group(start, statistics.take()));
    start = start();
  }

  /** Ends the streams. */
  void flush() throws IOException {
    present.flush();
    if (!anyAbsent) {
      presentStream.suppress();
    }
    values.flush();
  }

  int id() {
    return id;
  }

  ColumnEncoding encoding() {
    return ColumnEncoding.newBuilder().setKind(encoding).build();
  }

  RowIndex rowIndex() {
    RowIndex.Builder index = RowIndex.newBuilder();
    for (Group group : groups) {
      RowIndexEntry.Builder entry = RowIndexEntry.newBuilder();
      if (anyAbsent) {
        entry.addAllPositions(group.start().present());
      }
      index.addEntry(
          entry.addAllPositions(group.start().values()).setStatistics(group.statistics()));
    }
    return index.build();
  }

  /** Of all row groups. */
  ColumnStatistics statistics() {
    return groups.stream().map(Group::statistics).reduce(MergedStatistics::of).orElseThrow();
  }
}
