package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors alone, in the order of the ids; a document without one is an error. */
final class FvecsSink implements DocumentSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;

  FvecsSink(Schema schema, OutputStream out) {
    if (schema.vectors().isEmpty()) {
      throw ElacsymException.invalid("the namespace has no vectors, export it as jsonl or csv");
    }
    this.out = out;
  }

  @Override
  public void write(byte[] json, int from, int to) throws IOException {
    JsonNode document = JSON.readTree(json, from, to - from);
    JsonNode vector = document.path("vector");
    if (!vector.isArray()) {
      throw ElacsymException.invalid(
          "document " + document.path("id") + " has no vector, export it as jsonl or csv");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + vector.size() * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(vector.size());
    vector.forEach(component -> bytes.putFloat(component.floatValue()));
    out.write(bytes.array());
  }
}
