package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.engine.aggregate.Partial;
import io.elacsym.engine.aggregate.Tallied;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** What was computed of rows together. */
final class TalliedCbor {
  private TalliedCbor() {}

  static void write(JsonGenerator cbor, List<Tallied> all) throws IOException {
    Items.writeList(
        cbor,
        all,
        tallied -> {
          cbor.writeStartArray();
          cbor.writeBoolean(tallied.more());
          Items.writeList(cbor, tallied.groups(), group -> write(cbor, group));
          cbor.writeEndArray();
        });
  }

  private static void write(JsonGenerator cbor, Tallied.Group group) throws IOException {
    cbor.writeStartArray();
    OrderCbor.writeValues(cbor, group.key());
    Items.writeList(cbor, group.measures(), partial -> write(cbor, partial));
    cbor.writeEndArray();
  }

  static List<Tallied> read(JsonParser cbor) throws IOException {
    return Items.list(
        cbor,
        () -> {
          ValueCbor.require(cbor, JsonToken.START_ARRAY);
          boolean more = Items.flag(cbor);
          List<Tallied.Group> groups = Items.list(cbor, () -> group(cbor));
          ValueCbor.expect(cbor, JsonToken.END_ARRAY);
          return new Tallied(groups, more);
        });
  }

  private static Tallied.Group group(JsonParser cbor) throws IOException {
    ValueCbor.require(cbor, JsonToken.START_ARRAY);
    List<Optional<Value.Scalar>> key = OrderCbor.values(cbor);
    List<Partial> measures = Items.list(cbor, () -> partial(cbor));
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return new Tallied.Group(key, measures);
  }

  private static void write(JsonGenerator cbor, Partial partial) throws IOException {
    cbor.writeStartArray();
    switch (partial) {
      case Partial.Rows(long count) -> {
        cbor.writeString("rows");
        cbor.writeNumber(count);
      }
      case Partial.Total(BigInteger mantissa, int exponent, long count) -> {
        cbor.writeString("total");
        cbor.writeBinary(mantissa.toByteArray());
        cbor.writeNumber(exponent);
        cbor.writeNumber(count);
      }
      case Partial.Extreme(boolean greatest, Optional<Value.Scalar> value) -> {
        cbor.writeString(greatest ? "greatest" : "least");
        OrderCbor.writeValues(cbor, List.of(value));
      }
    }
    cbor.writeEndArray();
  }

  /** Reads what is known of some rows; its first token is the current one. */
  private static Partial partial(JsonParser cbor) throws IOException {
    ValueCbor.require(cbor, JsonToken.START_ARRAY);
    String kind = Items.text(cbor);
    Partial partial =
        switch (kind) {
          case "rows" -> new Partial.Rows(Items.number(cbor));
          case "total" -> total(cbor);
          case "greatest" -> new Partial.Extreme(true, only(cbor));
          case "least" -> new Partial.Extreme(false, only(cbor));
          default -> throw new IOException("it has a measure of the unknown kind " + kind);
        };
    ValueCbor.expect(cbor, JsonToken.END_ARRAY);
    return partial;
  }

  private static Partial.Total total(JsonParser cbor) throws IOException {
    byte[] mantissa = Items.bytes(cbor);
    if (mantissa.length == 0 || mantissa.length > Partial.Total.MOST_BITS / Byte.SIZE) {
      throw new IOException("it has a sum of " + mantissa.length + " bytes");
    }
    return new Partial.Total(
        new BigInteger(mantissa),
        Items.number(cbor, Partial.Total.LEAST_EXPONENT, Partial.Total.MOST_BITS),
        Items.number(cbor));
  }

  private static Optional<Value.Scalar> only(JsonParser cbor) throws IOException {
    List<Optional<Value.Scalar>> values = OrderCbor.values(cbor);
    if (values.size() != 1) {
      throw new IOException("it has " + values.size() + " values, expected 1");
    }
    return values.getFirst();
  }
}
