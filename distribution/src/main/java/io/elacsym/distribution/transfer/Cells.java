package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts of a table's cells as JSON values of an attribute's type. */
final class Cells {
  /**
   * A whole number. One that begins with zeros is a text, because as a number it would lose them.
   */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d*");

  /**
   * A decimal number: as JSON writes it, but also {@code +1}, {@code .5} and {@code 1.}. What only
   * Java takes for a number is none: {@code NaN}, {@code 0x1p3} or {@code 1f}.
   */
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private Cells() {}

  /** A cell that is no value of its type. */
  static final class WrongCell extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    WrongCell(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /**
   * Writes the value of a cell. A list is a JSON array, or elements separated by semicolons.
   *
   * @throws WrongCell when it has no such value
   */
  static void write(String column, String cell, AttributeType type, JsonGenerator json)
      throws IOException {
    if (!type.isArray()) {
      writeScalar(column, cell, type.element(), json);
    } else if (cell.strip().startsWith("[")) {
      json.writeRawValue(cell);
    } else {
      json.writeStartArray();
      for (String element : cell.split(";")) {
        writeScalar(column, element.strip(), type.element(), json);
      }
      json.writeEndArray();
    }
  }

  private static void writeScalar(String column, String cell, ElementType type, JsonGenerator json)
      throws IOException {
    try {
      switch (type) {
        case INT -> json.writeNumber(Long.parseLong(cell.strip()));
        case UINT -> json.writeNumber(Long.toUnsignedString(Long.parseUnsignedLong(cell.strip())));
        case FLOAT -> json.writeNumber(finite(cell));
        case BOOL -> json.writeBoolean(flag(cell));
        case DATETIME -> {
          if (cell.strip().matches("-?\\d+")) {
            json.writeNumber(Long.parseLong(cell.strip()));
          } else {
            json.writeString(cell.strip());
          }
        }
        default -> json.writeString(cell);
      }
    } catch (NumberFormatException e) {
      throw new WrongCell(column + " is '" + cell + "', expected " + type.id());
    }
  }

  /** Whether a cell is a number in decimal digits. */
  static boolean isDecimal(String cell) {
    return DECIMAL.matcher(cell.strip()).matches();
  }

  private static double finite(String cell) {
    double value = isDecimal(cell) ? Double.parseDouble(cell.strip()) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(cell);
    }
    return value;
  }

  private static boolean flag(String cell) {
    return switch (cell.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw new NumberFormatException(cell);
    };
  }

  /**
   * Builds JSON from cells.
   *
   * @throws WrongCell when the content does
   */
  static byte[] json(JsonText.Content content) throws WrongCell {
    try {
      return JsonText.bytes(content);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof WrongCell wrong) {
        throw wrong;
      }
      throw e;
    }
  }

  /** The numbers of {@code [0.1, 0.2]}, or the same without brackets or with other separators. */
  static float[] vector(String column, String cell) throws WrongCell {
    String inner = cell.strip().replaceAll("^\\[|]$", "").strip();
    List<String> parts = Arrays.asList(inner.split("\\s*[,;\\s]\\s*"));
    float[] vector = new float[parts.size()];
    for (int i = 0; i < vector.length; i++) {
      try {
        vector[i] = Float.parseFloat(parts.get(i));
      } catch (NumberFormatException e) {
        throw new WrongCell(
            column + "[" + i + "] is '" + parts.get(i) + "', expected a finite number");
      }
    }
    return vector;
  }

  /**
   * Writes an id. A whole number becomes a JSON number whatever its sign or size, because the
   * server decides which numbers may be ids. Anything else becomes a text as it is.
   *
   * @param asText true to write whole numbers as texts, too
   */
  static void writeId(String cell, boolean asText, JsonGenerator json) throws IOException {
    String id = cell.strip();
    if (!asText && WHOLE_NUMBER.matcher(id).matches()) {
      json.writeNumber(id);
    } else {
      json.writeString(cell);
    }
  }
}
