package io.elacsym.format.orc.read;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.format.columnar.ColumnarFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * An open file. The footer is read at open, the directory of a stripe when it is first used; both
 * are kept.
 */
public final class OrcSegmentFile implements ColumnarFile {
  private final BlobSource source;
  private final Footer footer;
  private final Map<Integer, StripeDirectory> directories = new ConcurrentHashMap<>();

  private OrcSegmentFile(BlobSource source, Footer footer) {
    this.source = source;
    this.footer = footer;
  }

  public static OrcSegmentFile open(BlobSource source) throws IOException {
    return new OrcSegmentFile(source, Footer.read(source));
  }

  @Override
  public SegmentSchema schema() {
    return footer.schema();
  }

  @Override
  public int rows() {
    return footer.rows();
  }

  @Override
  public ColumnStatistics statistics(ColumnSpec column) {
    return FooterStatistics.of(footer.column(column), footer.rows());
  }

  @Override
  public Scan scan(int fromRow, List<ColumnSpec> columns) throws IOException {
    int firstStripe = fromRow == rows() ? footer.stripes().size() : footer.stripeOf(fromRow);
    List<StripeDirectory> stripes = directories(firstStripe, footer.stripes().size());
    return new OrcScan(this, stripes, columns, footer.decompressor(), fromRow);
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<ColumnSpec> columns) throws IOException {
    try (Decompressor decompressor = footer.decompressor()) {
      return new Fetch(this, decompressor, rows).run(columns);
    }
  }

  BlobSource source() {
    return source;
  }

  /** The directories of the stripes in which these rows are, in order. */
  List<StripeDirectory> stripes(int[] rows) throws IOException {
    return directories(Arrays.stream(rows).map(footer::stripeOf).distinct().toArray());
  }

  private List<StripeDirectory> directories(int from, int to) throws IOException {
    return directories(IntStream.range(from, to).toArray());
  }

  /** The directories of these stripes; those not known yet are read in one wave. */
  private List<StripeDirectory> directories(int[] stripes) throws IOException {
    List<Integer> unknown =
        Arrays.stream(stripes).filter(stripe -> !directories.containsKey(stripe)).boxed().toList();
    if (!unknown.isEmpty()) {
      List<ByteRange> ranges = new ArrayList<>();
      for (int stripe : unknown) {
        ranges.add(footer.stripes().get(stripe).index());
        ranges.add(footer.stripes().get(stripe).footer());
      }
      List<MemorySegment> bytes = source.readAll(ranges);
      try (Decompressor decompressor = footer.decompressor()) {
        for (int i = 0; i < unknown.size(); i++) {
          StripePlace place = footer.stripes().get(unknown.get(i));
          directories.put(
              unknown.get(i),
              StripeDirectory.of(
                  footer, place, bytes.get(2 * i), bytes.get(2 * i + 1), decompressor));
        }
      }
    }
    List<StripeDirectory> found = new ArrayList<>();
    for (int stripe : stripes) {
      found.add(Objects.requireNonNull(directories.get(stripe)));
    }
    return found;
  }

  @Override
  public void close() {
    directories.clear();
  }
}
