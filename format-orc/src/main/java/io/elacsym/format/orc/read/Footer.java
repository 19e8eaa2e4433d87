package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.format.columnar.Compression;
import io.elacsym.format.columnar.SchemaMetadata;
import io.elacsym.format.orc.layout.Codecs;
import io.elacsym.format.orc.layout.OrcSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto;
import org.apache.orc.OrcProto.ColumnStatistics;
import org.apache.orc.OrcProto.PostScript;
import org.apache.orc.OrcProto.StripeInformation;
import org.apache.orc.OrcProto.UserMetadataItem;

/**
 * What the end of a file says of it.
 *
 * @param schema as given to the writer
 * @param rows of the whole file
 * @param rowGroupRows of each row group but the last of a stripe
 * @param compression of chunks
 * @param chunkBytes most bytes of a chunk; 0 when there are none
 * @param stripes in order
 * @param columns by name
 */
record Footer(
    SegmentSchema schema,
    int rows,
    int rowGroupRows,
    Compression compression,
    int chunkBytes,
    List<StripePlace> stripes,
    Map<String, FooterColumn> columns) {
  /** The length of a chunk must fit the 23 bits that its header has for it. */
  private static final int MAX_CHUNK_BYTES = 1 << 23;

  /**
   * A column.
   *
   * @param id its ORC column
   * @param statistics of its rows
   * @param leafStatistics of its values, which for lists are their elements
   */
  record FooterColumn(
      ColumnSpec spec, int id, ColumnStatistics statistics, ColumnStatistics leafStatistics) {}

  static Footer read(BlobSource file) throws IOException {
    PostScript postScript = postScript(file);
    Compression compression = Codecs.of(postScript.getCompression());
    int chunkBytes = chunkBytes(postScript, compression);
    long end = file.size() - 1 - postScript.getSerializedSize();
    long length = postScript.getFooterLength();
    if (length < 0 || length > end) {
      throw ElacsymException.corrupt("the ORC file's footer cannot have " + length + " bytes");
    }
    try (Decompressor decompressor = new Decompressor(compression, chunkBytes)) {
      OrcProto.Footer footer =
          OrcProto.Footer.parseFrom(decompressor.message(file.read(end - length, length)));
      SegmentSchema schema = schema(footer);
      List<StripePlace> stripes = stripes(footer);
      int rows = stripes.isEmpty() ? 0 : stripes.getLast().endRow();
      if (rows != footer.getNumberOfRows()) {
        throw ElacsymException.corrupt(
            "the ORC file has " + footer.getNumberOfRows() + " rows, its stripes " + rows);
      }
      return new Footer(
          schema,
          rows,
          footer.getRowIndexStride(),
          compression,
          chunkBytes,
          stripes,
          columns(schema, footer.getStatisticsList()));
    }
  }

  private static PostScript postScript(BlobSource file) throws IOException {
    long size = file.size();
    if (size <= OrcFile.MAGIC.length()) {
      throw ElacsymException.corrupt("an ORC file cannot have " + size + " bytes");
    }
    int length = Byte.toUnsignedInt(file.read(size - 1, 1).get(ValueLayout.JAVA_BYTE, 0));
    if (length >= size) {
      throw ElacsymException.corrupt("the file does not end like an ORC file");
    }
    MemorySegment bytes = file.read(size - 1 - length, length);
    PostScript postScript = PostScript.parseFrom(bytes.toArray(ValueLayout.JAVA_BYTE));
    boolean isOurs =
        postScript.getMagic().equals(OrcFile.MAGIC) && postScript.getSerializedSize() == length;
    if (!isOurs) {
      throw ElacsymException.corrupt("the file does not end like an ORC file");
    }
    return postScript;
  }

  private static int chunkBytes(PostScript postScript, Compression compression) {
    if (compression == Compression.NONE) {
      return 0;
    }
    long bytes = postScript.getCompressionBlockSize();
    if (bytes <= 0 || bytes >= MAX_CHUNK_BYTES || bytes % Float.BYTES != 0) {
      throw ElacsymException.corrupt("chunks of the ORC file cannot have " + bytes + " bytes");
    }
    return (int) bytes;
  }

  private static SegmentSchema schema(OrcProto.Footer footer) {
    Map<String, String> keyValues = new HashMap<>();
    for (UserMetadataItem item : footer.getMetadataList()) {
      keyValues.put(item.getName(), item.getValue().toStringUtf8());
    }
    SegmentSchema schema = SchemaMetadata.parse("ORC", keyValues).schema();
    if (!footer.getTypesList().equals(OrcSchema.types(schema))) {
      throw ElacsymException.corrupt(
          "the types of the ORC file are not those of the columns " + schema.columns());
    }
    return schema;
  }

  private static List<StripePlace> stripes(OrcProto.Footer footer) {
    List<StripePlace> stripes = new ArrayList<>();
    int firstRow = 0;
    for (StripeInformation stripe : footer.getStripesList()) {
      StripePlace place = StripePlace.of(stripe, firstRow, footer.getRowIndexStride());
      stripes.add(place);
      firstRow = place.endRow();
    }
    return stripes;
  }

  private static Map<String, FooterColumn> columns(
      SegmentSchema schema, List<ColumnStatistics> statistics) {
    Map<String, FooterColumn> columns = new LinkedHashMap<>();
    List<Integer> ids = OrcSchema.ids(schema);
    for (int i = 0; i < ids.size(); i++) {
      ColumnSpec spec = schema.columns().get(i);
      int id = ids.get(i);
      columns.put(
          spec.name(),
          new FooterColumn(spec, id, statistics.get(id), statistics.get(OrcSchema.leaf(spec, id))));
    }
    return columns;
  }

  /** A column of the schema. */
  FooterColumn column(ColumnSpec spec) {
    return Objects.requireNonNull(columns.get(spec.name()));
  }

  Decompressor decompressor() {
    return new Decompressor(compression, chunkBytes);
  }

  /** The number of the stripe in which a row is. */
  int stripeOf(int row) {
    int low = 0;
    int high = stripes.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stripes.get(middle).endRow() <= row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
