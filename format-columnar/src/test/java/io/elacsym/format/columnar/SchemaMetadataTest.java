package io.elacsym.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaMetadataTest {
  private static final SegmentSchema SCHEMA =
      new SegmentSchema(
          List.of(
              ColumnSpec.of("id", ValueType.INT64).logically("uint"),
              ColumnSpec.listOf("\u00fcber.all", ValueType.STRING),
              ColumnSpec.vector("v", 3)));

  private final SchemaMetadata metadata =
      new SchemaMetadata(SCHEMA, Map.of("absent", List.of("0", "7", "2")));

  @Test
  void whatIsWrittenComesBack() {
    SchemaMetadata read = SchemaMetadata.parse("X", metadata.toKeyValues(), "absent");
    assertThat(read).isEqualTo(metadata);
    assertThat(SchemaMetadata.parse("X", metadata.toKeyValues()))
        .isEqualTo(SchemaMetadata.of(SCHEMA));
    SchemaMetadata none = SchemaMetadata.of(new SegmentSchema(List.of()));
    assertThat(SchemaMetadata.parse("X", none.toKeyValues(), "absent").more())
        .containsExactly(Map.entry("absent", List.of()));
  }

  @Test
  void keysAreThoseOfTheSpecificationColumnByColumn() {
    assertThat(metadata.toKeyValues().entrySet())
        .startsWith(
            Map.entry("elacsym.columns", "3"),
            Map.entry("elacsym.column.0.name", "id"),
            Map.entry("elacsym.column.0.type", "int64"),
            Map.entry("elacsym.column.0.list", "false"),
            Map.entry("elacsym.column.0.dimension", "0"),
            Map.entry("elacsym.column.0.logical", "uint"),
            Map.entry("elacsym.column.0.absent", "0"),
            Map.entry("elacsym.column.1.name", "\u00fcber.all"),
            Map.entry("elacsym.column.1.type", "string"),
            Map.entry("elacsym.column.1.list", "true"))
        .contains(Map.entry("elacsym.column.2.dimension", "3"))
        .hasSize(1 + 3 * 6);
  }

  @Test
  void whatWeHaveNotWrittenIsCorruptNamingTheFormatAndTheKey() {
    for (String key : metadata.toKeyValues().keySet()) {
      Map<String, String> lacking = new HashMap<>(metadata.toKeyValues());
      lacking.remove(key);
      assertCorrupt(lacking, "the X file has no metadata " + key);
    }
    assertCorrupt(with("elacsym.columns", "many"), "the X file's elacsym metadata");
    assertCorrupt(with("elacsym.columns", "4"), "the X file has no metadata elacsym.column.3.name");
    assertCorrupt(with("elacsym.column.0.type", "int32"), "unknown type int32");
    assertCorrupt(with("elacsym.column.2.dimension", "0"), "cannot have dimension 0");
    assertCorrupt(with("elacsym.column.1.name", "id"), "two columns are called id");
  }

  private Map<String, String> with(String key, String value) {
    Map<String, String> changed = new HashMap<>(metadata.toKeyValues());
    changed.put(key, value);
    return changed;
  }

  private static void assertCorrupt(Map<String, String> keyValues, String message) {
    assertThatThrownBy(() -> SchemaMetadata.parse("X", keyValues, "absent"))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
        .hasMessageContaining(message);
  }
}
