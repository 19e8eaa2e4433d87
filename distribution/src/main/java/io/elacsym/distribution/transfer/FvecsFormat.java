package io.elacsym.distribution.transfer;

import io.elacsym.engine.model.Schema;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The {@code .fvecs} files of benchmark sets: each vector is its dimension as a 32-bit integer and
 * then its 32-bit floats, all little-endian. A document's id is the number of its row, from 0.
 */
final class FvecsFormat implements RowSource.Format {
  private static final int MAX_DIMENSION = Schema.MAX_DIMENSION;

  private final Path path;

  FvecsFormat(Path path) {
    this.path = path;
  }

  @Override
  public Schema guessSchema() throws IOException {
    try (InputFile file = InputFile.open(path)) {
      int dimension = read(file.content(), path).map(vector -> vector.length).orElse(0);
      return SchemaGuess.schema(dimension, new LinkedHashMap<>());
    }
  }

  @Override
  public RowSource open(Schema schema) throws IOException {
    InputFile file = InputFile.open(path);
    InputStream content = new BufferedInputStream(file.content(), 1 << 18);
    return new RowSource() {
      private long rows;

      @Override
      public String rowName() {
        return "row";
      }

      @Override
      public Optional<Row> next() throws IOException {
        return read(content, path)
            .map(vector ->
                new Row.Document(
                    rows + 1,
                    JsonText.bytes(json -> {
                      json.writeStartObject();
                      json.writeNumberField("id", rows++);
                      json.writeStringField("vector", JsonText.base64(vector));
                      json.writeEndObject();
                    })));
      }

      @Override
      public long position() {
        return file.position();
      }

      @Override
      public long size() {
        return file.size();
      }

      @Override
      public void close() throws IOException {
        content.close();
      }
    };
  }

  private static Optional<float[]> read(InputStream in, Path path) throws IOException {
    byte[] head = in.readNBytes(Integer.BYTES);
    if (head.length == 0) {
      return Optional.empty();
    }
    if (head.length < Integer.BYTES) {
      throw new EOFException(path + " ends in the middle of a vector");
    }
    int dimension = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IOException(
          path + " has a vector of dimension " + dimension + ", expected 1 to " + MAX_DIMENSION);
    }
    byte[] body = in.readNBytes(dimension * Float.BYTES);
    if (body.length < dimension * Float.BYTES) {
      throw new EOFException(path + " ends in the middle of a vector");
    }
    float[] vector = new float[dimension];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return Optional.of(vector);
  }
}
