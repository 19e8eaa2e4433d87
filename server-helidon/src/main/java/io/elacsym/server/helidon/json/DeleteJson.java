package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.WriteConditions;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads deletes: {@code {"ids":[..]}} or {@code {"filter":..}}, and how they are done. */
public final class DeleteJson {
  /** Most ids of a request. */
  public static final int MAX_IDS = 1_000_000;

  private static final List<String> KEYS =
      List.of(
          "ids", "filter", WriteOptions.IF, WriteOptions.RETURN_IDS, WriteOptions.ALLOW_PARTIAL);

  private final WriteOptions options = new WriteOptions(KEYS);
  private Optional<List<WriteOp>> ids = Optional.empty();
  private Optional<Filter> filter = Optional.empty();

  private DeleteJson() {}

  /** Reads the deletes of a request; may be none. */
  public static WriteRequest read(InputStream in) throws IOException {
    return Json.read(in, parser -> new DeleteJson().deletes(parser));
  }

  /** Ids go straight into deletes, because they may be many; a filter is small. */
  private WriteRequest deletes(JsonParser parser) throws IOException {
    Json.requireObject(parser);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (!KEYS.contains(key)) {
        throw Fields.unknown(Place.ROOT, key, KEYS);
      }
      Place place = Place.ROOT.field(key);
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (key) {
        case "ids" -> ids = Optional.of(ids(parser, place));
        case "filter" -> filter = Optional.of(FilterJson.read(Json.tree(parser), place));
        default -> options.read(key, parser);
      }
    }
    if (ids.isPresent() == filter.isPresent()) {
      throw ElacsymException.invalid("expected exactly one of ids and filter");
    }
    ids.ifPresent(_ -> options.requireWhole("ids"));
    return new WriteRequest(
        ids.orElseGet(this::byFilter),
        new WriteConditions(Optional.empty(), Optional.empty(), options.condition(), true),
        options.returnsIds());
  }

  private List<WriteOp> byFilter() {
    options.requireNoCondition();
    return List.of(new WriteOp.DeleteMatching(filter.orElseThrow(), options.partial()));
  }

  private static List<WriteOp> ids(JsonParser parser, Place place) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw ElacsymException.invalid(place + " is " + Json.shown(parser) + ", expected an array");
    }
    List<WriteOp> deletes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (deletes.size() == MAX_IDS) {
        throw new ElacsymException(
            ErrorKind.TOO_LARGE,
            place + " has more than " + MAX_IDS + " ids; delete them in several requests");
      }
      Built.count(Footprint.ID);
      Place element = place.index(deletes.size());
      deletes.add(new WriteOp.Delete(element, IdJson.read(parser, element)));
    }
    return deletes;
  }
}
