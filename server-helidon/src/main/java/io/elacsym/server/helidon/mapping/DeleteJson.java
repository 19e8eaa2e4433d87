package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonParser;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteOp;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads deletes: {@code {"ids":[..]}} or {@code {"filter":..}}. */
public final class DeleteJson {
  private static final List<String> KEYS = List.of("ids", "filter");

  private DeleteJson() {}

  /** Reads the deletes of a request; may be none. */
  public static List<WriteOp> read(InputStream in, Schema schema) throws IOException {
    return Json.read(in, parser -> deletes(parser, schema));
  }

  private static List<WriteOp> deletes(JsonParser parser, Schema schema) throws IOException {
    Fields fields = Fields.of(parser, JsonPath.ROOT, KEYS);
    if (fields.has("ids") == fields.has("filter")) {
      throw ElacsymException.invalid("expected exactly one of ids and filter");
    }
    List<WriteOp> deletes = new ArrayList<>();
    fields
        .find("filter")
        .map(node -> FilterJson.read(node, schema, fields.path("filter")))
        .ifPresent(filter -> deletes.add(new WriteOp.DeleteMatching(filter)));
    for (Fields.Element id : fields.elements("ids").orElse(List.of())) {
      deletes.add(new WriteOp.Delete(IdJson.read(id.node(), id.path())));
    }
    return deletes;
  }
}
