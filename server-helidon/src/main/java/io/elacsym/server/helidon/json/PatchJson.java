package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.WriteConditions;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads patches: {@code {"documents":[..]}} or {@code {"filter":..,"set":{..}}}. */
public final class PatchJson {
  private static final String SET = "set";
  private static final List<String> KEYS =
      List.of(
          "documents",
          "filter",
          SET,
          WriteOptions.IF,
          WriteOptions.RETURN_IDS,
          WriteOptions.ALLOW_PARTIAL);

  private final WriteOptions options = new WriteOptions(KEYS);
  private Optional<List<WriteOp>> documents = Optional.empty();
  private Optional<Filter> filter = Optional.empty();
  private Optional<Map<String, Given>> set = Optional.empty();

  private PatchJson() {}

  /** Reads a request of one change per document, or of one by filter. */
  public static WriteRequest read(InputStream in) throws IOException {
    return Json.read(in, parser -> new PatchJson().request(parser));
  }

  private WriteRequest request(JsonParser parser) throws IOException {
    Json.requireObject(parser);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place place = Place.ROOT.field(key);
      boolean absent = parser.nextToken() == JsonToken.VALUE_NULL;
      if (!KEYS.contains(key)) {
        throw Fields.unknown(Place.ROOT, key, KEYS);
      }
      if (absent) {
        continue;
      }
      switch (key) {
        case "documents" ->
            documents =
                Optional.of(new DocumentReader().documents(parser, place, WriteOp.Patch::new));
        case "filter" -> filter = Optional.of(FilterJson.read(Json.tree(parser), place));
        case SET -> set = Optional.of(DocumentReader.attributes(parser, place));
        default -> options.read(key, parser);
      }
    }
    if (documents.isPresent() == filter.isPresent() || filter.isPresent() != set.isPresent()) {
      throw ElacsymException.invalid("expected either documents, or filter and set");
    }
    documents.ifPresent(_ -> options.requireWhole("documents"));
    return new WriteRequest(
        documents.orElseGet(this::byFilter),
        new WriteConditions(Optional.empty(), options.condition(), Optional.empty(), true),
        options.returnsIds());
  }

  private List<WriteOp> byFilter() {
    options.requireNoCondition();
    return List.of(
        new WriteOp.PatchMatching(
            Place.ROOT.field(SET), filter.orElseThrow(), set.orElseThrow(), options.partial()));
  }
}
