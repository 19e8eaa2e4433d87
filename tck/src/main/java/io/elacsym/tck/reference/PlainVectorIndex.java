package io.elacsym.tck.reference;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.VectorRows;
import io.elacsym.tck.oracle.ExactNeighbors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Compares the query with every vector. It asks for its rows in reverse order, so that tests of the
 * host meet an index that reorders rows.
 */
public final class PlainVectorIndex implements VectorIndexProvider {
  private static final int MAGIC = 0x506c6169;
  private static final int ROWS_BETWEEN_CHECKS = 256;

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "Exact search over all vectors.";
  }

  @Override
  public Encoding encoding() {
    return Encoding.of("plain", 1);
  }

  @Override
  public VectorIndexBuild build(VectorIndexInput input, PluginContext context) {
    VectorRows rows = input.rows();
    boolean mayReorder = input.mayReorder();
    int last = rows.segmentRows() - 1;
    int[] order = new int[rows.segmentRows()];
    for (int row = 0; row < order.length; row++) {
      order[row] = mayReorder ? last - row : row;
    }
    int[] numbered = new int[rows.count()];
    float[][] vectors = new float[rows.count()][input.field().dimension()];
    for (int item = 0; item < numbered.length; item++) {
      if (item % ROWS_BETWEEN_CHECKS == 0) {
        context.checkCancelled();
      }
      int given = mayReorder ? numbered.length - 1 - item : item;
      numbered[item] = order[rows.row(given)];
      rows.copy(given, vectors[item], 0);
    }
    return new VectorIndexBuild() {
      @Override
      public Optional<int[]> rowOrder() {
        return mayReorder ? Optional.of(order) : Optional.empty();
      }

      @Override
      public Encoding encoding() {
        return PlainVectorIndex.this.encoding();
      }

      @Override
      public void write(BlobSink sink) {
        sink.write(bytes(numbered, vectors));
      }
    };
  }

  private static byte[] bytes(int[] rows, float[][] vectors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(rows.length);
      for (int item = 0; item < rows.length; item++) {
        out.writeInt(rows[item]);
        for (float component : vectors[item]) {
          out.writeFloat(component);
        }
      }
      CRC32C checksum = new CRC32C();
      checksum.update(bytes.toByteArray());
      out.writeLong(checksum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public VectorIndexReader open(StoredVectorIndex index, PluginContext context) {
    VectorField field = index.field();
    BlobSource source = index.blob();
    byte[] bytes = source.read(0, source.size()).toArray(ValueLayout.JAVA_BYTE);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, Math.max(0, bytes.length - 8));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw ElacsymException.corrupt("no plain index");
      }
      int count = in.readInt();
      if (bytes.length != 16 + count * (4 + 4 * field.dimension())) {
        throw ElacsymException.corrupt("the index has the wrong size");
      }
      int[] rows = new int[count];
      float[][] vectors = new float[count][field.dimension()];
      for (int item = 0; item < count; item++) {
        rows[item] = in.readInt();
        for (int i = 0; i < field.dimension(); i++) {
          vectors[item][i] = in.readFloat();
        }
      }
      if (in.readLong() != checksum.getValue()) {
        throw ElacsymException.corrupt("the index has another checksum");
      }
      return new Reader(count, new ExactNeighbors(field, rows, vectors), context);
    } catch (IOException e) {
      throw ElacsymException.corrupt("the index ends early");
    }
  }

  private record Reader(int count, ExactNeighbors neighbors, PluginContext context)
      implements VectorIndexReader {
    @Override
    public VectorIndexCapabilities capabilities() {
      return new VectorIndexCapabilities(true, false);
    }

    @Override
    public VectorHits search(VectorQuery query) {
      context.checkCancelled();
      return neighbors.search(query);
    }

    @Override
    public void close() {}
  }
}
