package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import io.elacsym.format.orc.layout.LeafType;
import io.elacsym.format.orc.layout.OrcSchema;
import io.elacsym.format.orc.layout.StreamShape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.orc.OrcProto.RowIndex;
import org.apache.orc.OrcProto.RowIndexEntry;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.OrcProto.StripeFooter;

/** Where everything in one stripe is. Immutable. */
final class StripeDirectory {
  private final StripePlace place;
  private final Map<String, StripeColumn> columns;

  private StripeDirectory(StripePlace place, Map<String, StripeColumn> columns) {
    this.place = place;
    this.columns = columns;
  }

  /**
   * @param indexes the bytes of the row indexes
   * @param footerBytes those of the stripe's footer
   */
  static StripeDirectory of(
      Footer file,
      StripePlace place,
      MemorySegment indexes,
      MemorySegment footerBytes,
      Decompressor decompressor)
      throws IOException {
    StripeFooter footer = StripeFooter.parseFrom(decompressor.message(footerBytes));
    Parser parser = new Parser(file, place, indexes, footer, decompressor);
    Map<String, StripeColumn> columns = new HashMap<>();
    for (Footer.FooterColumn column : file.columns().values()) {
      columns.put(column.spec().name(), parser.column(column));
    }
    return new StripeDirectory(place, columns);
  }

  StripePlace place() {
    return place;
  }

  StripeColumn column(String name) {
    StripeColumn column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException("no column " + name + " among " + columns.keySet());
    }
    return column;
  }

  private record StreamKey(int column, Stream.Kind kind) {}

  /** Takes the messages of a stripe apart. */
  private static final class Parser {
    private final Footer file;
    private final StripePlace place;
    private final MemorySegment indexes;
    private final StripeFooter footer;
    private final Decompressor decompressor;
    private final Map<StreamKey, ByteRange> streams = new HashMap<>();

    Parser(
        Footer file,
        StripePlace place,
        MemorySegment indexes,
        StripeFooter footer,
        Decompressor decompressor) {
      this.file = file;
      this.place = place;
      this.indexes = indexes;
      this.footer = footer;
      this.decompressor = decompressor;
      long offset = place.index().offset();
      for (Stream stream : footer.getStreamsList()) {
        ByteRange range = new ByteRange(offset, stream.getLength());
        streams.put(new StreamKey(stream.getColumn(), stream.getKind()), range);
        offset = range.end();
      }
      if (offset != place.data().end()) {
        throw ElacsymException.corrupt(
            "the streams of a stripe of the ORC file end at "
                + offset
                + ", expected "
                + place.data().end());
      }
    }

    StripeColumn column(Footer.FooterColumn column) throws IOException {
      ColumnSpec spec = column.spec();
      if (spec.type() == ValueType.VECTOR) {
        return vectors(column);
      }
      LeafType type = LeafType.of(spec);
      int leaf = OrcSchema.leaf(spec, column.id());
      if (footer.getColumns(leaf).getKind() != type.encoding()) {
        throw ElacsymException.corrupt(
            "column "
                + spec.name()
                + " of the ORC file is encoded as "
                + footer.getColumns(leaf).getKind()
                + ", expected "
                + type.encoding());
      }
      OrcStreams rows =
          streams(
              column.id(),
              spec.list() ? List.of(StreamShape.LENGTH) : type.streams(),
              rowIndex(column.id()));
      List<IndexedStream> others = new ArrayList<>(rows.others());
      if (spec.list()) {
        OrcStreams elements = streams(leaf, type.streams(), rowIndex(leaf));
        if (elements.present().isPresent()) {
          throw ElacsymException.corrupt(
              "lists of column " + spec.name() + " of the ORC file have absent elements");
        }
        others.addAll(elements.others());
      }
      return new EncodedColumn(spec, place, rows.present(), others);
    }

    private StripeColumn vectors(Footer.FooterColumn column) throws IOException {
      ColumnSpec spec = column.spec();
      RowIndex index = rowIndex(column.id());
      int[] before = new int[place.groups() + 1];
      for (int group = 0; group < place.groups(); group++) {
        long count = index.getEntry(group).getStatistics().getNumberOfValues();
        if (count < 0 || count > place.groupEnd(group) - place.groupStart(group)) {
          throw ElacsymException.corrupt(
              "a row group of the ORC file cannot have " + count + " vectors");
        }
        before[group + 1] = before[group] + (int) count;
      }
      int leaf = OrcSchema.leaf(spec, column.id());
      long size = (long) before[place.groups()] * spec.dimension() * Float.BYTES;
      return new VectorColumn(
          spec,
          place,
          streams(column.id(), List.of(StreamShape.LENGTH), index).present(),
          before,
          new VectorBytes(range(leaf, Stream.Kind.DATA), file.chunkBytes(), size));
    }

    private RowIndex rowIndex(int column) throws IOException {
      ByteRange range = range(column, Stream.Kind.ROW_INDEX);
      MemorySegment bytes =
          indexes.asSlice(range.offset() - place.index().offset(), range.length());
      RowIndex index = RowIndex.parseFrom(decompressor.message(bytes));
      if (index.getEntryCount() != place.groups()) {
        throw ElacsymException.corrupt(
            "a stripe of the ORC file with "
                + place.groups()
                + " row groups has "
                + index.getEntryCount()
                + " of them in the index of column "
                + column);
      }
      return index;
    }

    /** The streams of one ORC column. */
    private record OrcStreams(Optional<IndexedStream> present, List<IndexedStream> others) {}

    private OrcStreams streams(int column, List<StreamShape> shapes, RowIndex index) {
      boolean hasPresent = streams.containsKey(new StreamKey(column, Stream.Kind.PRESENT));
      List<StreamShape> all = new ArrayList<>();
      if (hasPresent) {
        all.add(StreamShape.PRESENT);
      }
      all.addAll(shapes);
      int chunkBytes = file.chunkBytes();
      int width = all.stream().mapToInt(s -> IndexedStream.positionWidth(s, chunkBytes)).sum();
      long[] positions = positions(column, index, width);
      List<IndexedStream> found = new ArrayList<>();
      int at = 0;
      for (StreamShape shape : all) {
        found.add(
            new IndexedStream(
                shape.kind() + " of column " + column,
                shape,
                range(column, shape.kind()),
                chunkBytes,
                positions,
                width,
                at));
        at += IndexedStream.positionWidth(shape, chunkBytes);
      }
      return hasPresent
          ? new OrcStreams(Optional.of(found.getFirst()), found.subList(1, found.size()))
          : new OrcStreams(Optional.empty(), found);
    }

    private static long[] positions(int column, RowIndex index, int width) {
      long[] positions = new long[Math.multiplyExact(index.getEntryCount(), width)];
      int next = 0;
      for (RowIndexEntry entry : index.getEntryList()) {
        if (entry.getPositionsCount() != width) {
          throw ElacsymException.corrupt(
              "a position in column "
                  + column
                  + " of the ORC file has "
                  + entry.getPositionsCount()
                  + " numbers, expected "
                  + width);
        }
        for (long position : entry.getPositionsList()) {
          positions[next++] = position;
        }
      }
      return positions;
    }

    private ByteRange range(int column, Stream.Kind kind) {
      ByteRange range = streams.get(new StreamKey(column, kind));
      if (range == null) {
        throw ElacsymException.corrupt(
            "a stripe of the ORC file has no stream " + kind + " of column " + column);
      }
      return range;
    }
  }
}
