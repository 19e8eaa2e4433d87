package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Ascending values of one type, each written as what it differs by from the one before: a number by
 * its distance, a text by what follows the bytes that both begin with.
 */
final class IndexedValues {
  private static final int UUID_BYTES = 16;

  private IndexedValues() {}

  static void write(List<Value.Scalar> values, ElementType type, Output out) {
    long key = 0;
    byte[] text = new byte[0];
    for (Value.Scalar value : values) {
      switch (value) {
        case Value.Text next -> {
          byte[] utf8 = next.value().getBytes(StandardCharsets.UTF_8);
          int difference = Arrays.mismatch(text, utf8);
          int shared = difference < 0 ? utf8.length : difference;
          out.count(shared);
          out.count(utf8.length - shared);
          out.bytes(utf8, shared, utf8.length - shared);
          text = utf8;
        }
        case Value.Uuid uuid -> {
          ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES);
          bytes.putLong(uuid.value().getMostSignificantBits());
          bytes.putLong(uuid.value().getLeastSignificantBits());
          out.bytes(bytes.array(), 0, UUID_BYTES);
        }
        default -> {
          long next = NumberKey.of(value);
          out.number(next - key);
          key = next;
        }
      }
    }
  }

  /**
   * @throws ElacsymException {@code CORRUPT} when they are no ascending values of this type
   */
  static List<Value.Scalar> read(int count, ElementType type, Input in) {
    List<Value.Scalar> values = new ArrayList<>();
    long key = 0;
    byte[] text = new byte[0];
    for (int i = 0; i < count; i++) {
      Value.Scalar value =
          switch (type) {
            case STRING -> {
              int shared = in.count(text.length);
              int rest = in.count(Math.min(in.remaining(), Strings.MAX_BYTES));
              text = Arrays.copyOf(text, shared + rest);
              in.bytes(text, shared, rest);
              yield new Value.Text(new String(text, StandardCharsets.UTF_8));
            }
            case UUID -> new Value.Uuid(new UUID(in.bigEndian(), in.bigEndian()));
            case INT, UINT, FLOAT, BOOL, DATETIME, GEO -> {
              key += in.number();
              yield NumberKey.value(type, key)
                  .orElseThrow(() -> ElacsymException.corrupt("attribute index has a wrong value"));
            }
          };
      if (i > 0 && ScalarOrder.INSTANCE.compare(values.get(i - 1), value) >= 0) {
        throw ElacsymException.corrupt("attribute index has values out of order");
      }
      values.add(value);
    }
    return values;
  }
}
