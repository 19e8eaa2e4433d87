package io.elacsym.engine.wal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.wal.WalEntry.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Bytes of a WAL entry: a fixed header, the changes as CBOR (RFC 8949), a checksum over both. */
public final class WalCodec {
  /** {@code "ELACWAL1"}. */
  private static final long MAGIC = 0x314C415743414C45L;

  private static final int HEADER = 8 + 8 + 8;
  private static final CBORFactory CBOR =
      CBORFactory.builder().disable(CBORGenerator.Feature.LENIENT_UTF_ENCODING).build();

  private WalCodec() {}

  public static byte[] write(WalEntry entry) {
    EntryBytes out = new EntryBytes();
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putLong(entry.sequence()).putLong(entry.epoch());
    out.write(header.array(), 0, HEADER);
    try (JsonGenerator cbor = CBOR.createGenerator(out)) {
      cbor.writeStartArray();
      cbor.writeString(entry.incarnation());
      cbor.writeString(entry.commitId());
      cbor.writeStartArray(null, entry.changes().size());
      for (Change change : entry.changes()) {
        switch (change) {
          case Change.Put put -> writeDocument(cbor, put.document());
          case Change.Remove remove -> {
            cbor.writeStartArray(null, 1);
            ValueCbor.writeId(cbor, remove.id());
            cbor.writeEndArray();
          }
        }
      }
      cbor.writeEndArray();
      cbor.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer end = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(out.checksum());
    out.write(end.array(), 0, end.capacity());
    return out.toByteArray();
  }

  private static void writeDocument(JsonGenerator cbor, Document document) throws IOException {
    cbor.writeStartArray(null, 3);
    ValueCbor.writeId(cbor, document.id());
    ValueCbor.writeVectors(cbor, document.vectors());
    ValueCbor.writeAttributes(cbor, document.attributes());
    cbor.writeEndArray();
  }

  /**
   * @param name of the object, for messages
   * @throws ElacsymException {@code CORRUPT} when the bytes are no whole entry with this number
   */
  public static WalEntry read(String name, long sequence, byte[] bytes) {
    if (bytes.length < HEADER + 4) {
      throw damaged(name, "it has only " + bytes.length + " bytes");
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(bytes.length - 4) != (int) crc.getValue()) {
      throw damaged(name, "its checksum does not hold");
    }
    if (buffer.getLong(0) != MAGIC) {
      throw damaged(name, "it does not begin as a WAL entry of version 1");
    }
    if (buffer.getLong(8) != sequence) {
      throw damaged(name, "it says it is entry " + buffer.getLong(8));
    }
    try (JsonParser cbor =
        CBOR.createParser(new ByteArrayInputStream(bytes, HEADER, bytes.length - 4 - HEADER))) {
      ValueCbor.expect(cbor, JsonToken.START_ARRAY);
      String incarnation = cbor.nextTextValue();
      String commitId = cbor.nextTextValue();
      if (incarnation == null || commitId == null) {
        throw new IOException("its names are missing");
      }
      ValueCbor.expect(cbor, JsonToken.START_ARRAY);
      List<Change> changes = new ArrayList<>();
      while (cbor.nextToken() == JsonToken.START_ARRAY) {
        changes.add(readChange(cbor));
      }
      ValueCbor.require(cbor, JsonToken.END_ARRAY);
      ValueCbor.expect(cbor, JsonToken.END_ARRAY);
      if (cbor.nextToken() != null) {
        throw new IOException("it goes on after its end");
      }
      return new WalEntry(sequence, buffer.getLong(16), incarnation, commitId, changes);
    } catch (IOException | ElacsymException e) {
      throw damaged(name, String.valueOf(e.getMessage()));
    }
  }

  private static Change readChange(JsonParser cbor) throws IOException {
    cbor.nextToken();
    DocId id = ValueCbor.readId(cbor);
    if (cbor.nextToken() == JsonToken.END_ARRAY) {
      return new Change.Remove(id);
    }
    Map<String, float[]> vectors = ValueCbor.readVectors(cbor);
    cbor.nextToken();
    Map<String, Value> attributes = ValueCbor.readAttributes(cbor);
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return new Change.Put(new Document(id, vectors, attributes));
  }

  private static ElacsymException damaged(String name, String why) {
    return new ElacsymException(ErrorKind.CORRUPT, "WAL entry " + name + " is damaged: " + why);
  }
}
