package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cursors as clients carry them: base64 of JSON that says of which query they are, and where the
 * page begins. What is in it is nobody's secret, and a cursor that was made up can do no more than
 * a query.
 */
public final class CursorJson {
  /** A cursor for the first page. */
  static final String START = "";

  private static final String QUERY = "query";
  private static final String BEHIND = "behind";
  private static final String VALUES = "values";
  private static final String UNSEEN = "unseen";
  private static final List<String> KEYS = List.of(QUERY, BEHIND, VALUES, UNSEEN);
  private static final int FINGERPRINT_BYTES = 8;

  /** What may differ from one page to the next. */
  private static final Set<String> OF_THE_PAGE =
      Set.of(
          "cursor",
          "top_k",
          "aggregates",
          "facets",
          "group_by",
          "include_vector",
          "include_attributes",
          "consistency",
          "explain");

  private final String query;

  /**
   * Cursors of one query.
   *
   * @param query as it was read
   */
  CursorJson(ObjectNode query) {
    MessageDigest digest = sha256();
    query
        .properties()
        .forEach(entry -> {
          if (!OF_THE_PAGE.contains(entry.getKey())) {
            add(entry.getKey(), digest);
            add(entry.getValue(), digest);
          }
        });
    this.query = HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void add(String text, MessageDigest digest) {
    digest.update((text + '\n').getBytes(StandardCharsets.UTF_8));
  }

  private static void add(JsonNode node, MessageDigest digest) {
    if (node.isPojo()) {
      float[] vector = QueryTree.vector(node);
      ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
      bytes.asFloatBuffer().put(vector);
      digest.update(bytes);
    } else if (node.isContainerNode()) {
      node.fieldNames().forEachRemaining(name -> add(name, digest));
      node.forEach(child -> add(child, digest));
    } else {
      add(node.toString(), digest);
    }
    add("", digest);
  }

  /** The cursor as text. */
  String write(Cursor cursor) {
    byte[] json =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField(QUERY, query);
          switch (cursor) {
            case Cursor.Start _ -> {
              // There is nothing before the first page.
            }
            case Cursor.Behind(DocId id) -> {
              out.writeFieldName(BEHIND);
              IdJson.write(id, out);
            }
            case Cursor.BehindValues(List<Optional<Given>> values, DocId id) -> {
              out.writeFieldName(BEHIND);
              IdJson.write(id, out);
              writeValues(values, out);
            }
            case Cursor.Unseen(List<DocId> ids) -> write(ids, out);
          }
          out.writeEndObject();
        });
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private static void writeValues(List<Optional<Given>> values, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(VALUES);
    for (Optional<Given> value : values) {
      if (value.isPresent() && value.get() instanceof Value known) {
        GivenJson.write(known, out);
      } else {
        out.writeNull();
      }
    }
    out.writeEndArray();
  }

  private static void write(List<DocId> ids, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(UNSEEN);
    for (DocId id : ids) {
      IdJson.write(id, out);
    }
    out.writeEndArray();
  }

  /**
   * Reads a cursor.
   *
   * @param place where it stands
   * @throws ElacsymException {@code INVALID_REQUEST} when it is none of this query
   */
  Cursor read(String text, Place place) {
    if (text.equals(START)) {
      return new Cursor.Start();
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      Fields fields = Fields.of(Json.read(json, new SmallTree()::read), Place.ROOT, KEYS);
      if (!fields.text(QUERY).filter(query::equals).isPresent()) {
        throw wrong(text, place);
      }
      if (fields.has(BEHIND)) {
        DocId id = id(fields.require(BEHIND, "an id"));
        return fields
            .elements(VALUES)
            .<Cursor>map(values -> new Cursor.BehindValues(given(values), id))
            .orElseGet(() -> new Cursor.Behind(id));
      }
      List<DocId> ids = new ArrayList<>();
      fields.require(UNSEEN, "ids").forEach(node -> ids.add(id(node)));
      return new Cursor.Unseen(ids);
    } catch (IllegalArgumentException | ElacsymException e) {
      throw wrong(text, place);
    }
  }

  private static List<Optional<Given>> given(List<Fields.Element> values) {
    return values.stream()
        .map(Fields.Element::node)
        .map(node -> node.isNull() ? Optional.<Given>empty() : Optional.of(GivenJson.of(node)))
        .toList();
  }

  private static DocId id(JsonNode node) {
    return DocId.of(GivenJson.of(node), Place.ROOT);
  }

  private static ElacsymException wrong(String text, Place place) {
    return ElacsymException.invalid(
        place
            + " is \""
            + Strings.shown(text)
            + "\", expected \"\" for the first page, or \"next\" of an answer to this very query");
  }
}
