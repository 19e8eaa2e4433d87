package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.WriteConditions;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Reads upserts: {@code {"documents":[..],"if":..,"if_absent":"create|skip","return_ids":..}}. */
public final class UpsertJson {
  private static final List<String> KEYS =
      List.of("documents", WriteOptions.IF, WriteOptions.IF_ABSENT, WriteOptions.RETURN_IDS);

  private UpsertJson() {}

  /**
   * Reads a request of one change per document, in order.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the place, the value and what was
   *     expected
   * @throws IOException when {@code in} fails
   */
  public static WriteRequest read(InputStream in) throws IOException {
    return Json.read(in, UpsertJson::request);
  }

  private static WriteRequest request(JsonParser parser) throws IOException {
    Json.requireObject(parser);
    WriteOptions options = new WriteOptions(KEYS);
    Optional<List<WriteOp>> documents = Optional.empty();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (key.equals("documents")) {
        documents =
            Optional.of(
                new DocumentReader()
                    .documents(parser, Place.ROOT.field(key), WriteOp.UpsertOrPatch::new));
      } else {
        options.read(key, parser);
      }
    }
    return new WriteRequest(
        documents.orElseThrow(
            () -> ElacsymException.invalid("documents is missing, expected an array of documents")),
        new WriteConditions(
            options.condition(), Optional.empty(), Optional.empty(), options.createsAbsent()),
        options.returnsIds());
  }
}
