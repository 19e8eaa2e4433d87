package io.elacsym.format.orc.layout;

import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.OrcProto;

/**
 * Which ORC columns our columns are. ORC numbers the nodes of its tree of types: 0 is the struct
 * that a row is, then come its fields in order, a list before its elements.
 */
public final class OrcSchema {
  public static final int ROOT = 0;

  private OrcSchema() {}

  /** Whether values are lists for ORC. */
  public static boolean isRepeated(ColumnSpec spec) {
    return spec.list() || spec.type() == ValueType.VECTOR;
  }

  /** The ORC column of each of our columns. */
  public static List<Integer> ids(SegmentSchema schema) {
    List<Integer> ids = new ArrayList<>();
    int next = ROOT + 1;
    for (ColumnSpec spec : schema.columns()) {
      ids.add(next);
      next += isRepeated(spec) ? 2 : 1;
    }
    return ids;
  }

  /** The ORC column that holds values: the column itself, or the elements of its lists. */
  public static int leaf(ColumnSpec spec, int id) {
    return isRepeated(spec) ? id + 1 : id;
  }

  /** The types of all ORC columns. */
  public static List<OrcProto.Type> types(SegmentSchema schema) {
    OrcProto.Type.Builder root = OrcProto.Type.newBuilder().setKind(OrcProto.Type.Kind.STRUCT);
    List<OrcProto.Type> types = new ArrayList<>();
    List<Integer> ids = ids(schema);
    for (int i = 0; i < ids.size(); i++) {
      ColumnSpec spec = schema.columns().get(i);
      root.addFieldNames(spec.name()).addSubtypes(ids.get(i));
      if (isRepeated(spec)) {
        types.add(
            OrcProto.Type.newBuilder()
                .setKind(OrcProto.Type.Kind.LIST)
                .addSubtypes(leaf(spec, ids.get(i)))
                .build());
      }
      types.add(OrcProto.Type.newBuilder().setKind(LeafType.of(spec).kind()).build());
    }
    types.addFirst(root.build());
    return types;
  }
}
