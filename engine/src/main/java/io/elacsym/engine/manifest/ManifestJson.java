package io.elacsym.engine.manifest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexGap;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import io.elacsym.engine.model.DocId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The manifest as JSON. Mapped by hand, so that what is on storage changes only where this file
 * does. A checksum over the rest is the last member: over the rest without white space, so that it
 * says whether the content is what was written, however it is printed.
 */
public final class ManifestJson {
  private static final int FORMAT = 2;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Indented, so that people can read it. Lines end alike on every system. */
  private static final ObjectWriter PRETTY =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private ManifestJson() {}

  public static byte[] write(Manifest manifest) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    Life life = manifest.life();
    root.put("incarnation", life.incarnation());
    root.put("state", life.stage().id());
    root.put("created_at", life.createdAt().toString());
    life.origin()
        .ifPresent(origin -> {
          ObjectNode node =
              root.putObject("origin")
                  .put("namespace", origin.namespace())
                  .put("version", origin.version());
          origin.copyOf().ifPresent(copied -> node.put("copy_of", copied));
        });
    Commit commit = manifest.commit();
    root.put("version", commit.version());
    root.put("commit_id", commit.id());
    root.put("committed_at", commit.at().toString());
    commit.restored().ifPresent(version -> root.put("restored", version));
    if (commit.farewell()) {
      root.put("farewell", true);
    }
    root.put("epoch", manifest.epoch());
    manifest.writer().ifPresent(writer -> root.put("writer", writer));
    root.put("wal_begin", manifest.walBegin());
    root.put("wal_floor", manifest.walFloor());
    root.put("wal_last", manifest.walLast());
    root.put("history_from", manifest.historyFrom());
    root.set("schema", SchemaJson.write(manifest.schema()));
    manifest.idKind().ifPresent(kind -> root.put("id_kind", kind.id()));
    ArrayNode segments = root.putArray("segments");
    manifest.segments().forEach(segment -> segments.add(segment(segment)));
    ArrayNode garbage = root.putArray("garbage");
    for (Garbage item : manifest.garbage()) {
      garbage
          .addObject()
          .put("name", item.name())
          .put("dropped_at", item.droppedAt().toString())
          .put("version", item.version());
    }
    ArrayNode branches = root.putArray("branches");
    for (Branch branch : manifest.branches()) {
      branches
          .addObject()
          .put("name", branch.name())
          .put("incarnation", branch.incarnation())
          .put("since", branch.since().toString());
    }
    root.put("crc32c", crc(root));
    return bytes(PRETTY, root);
  }

  static ObjectNode segment(SegmentEntry segment) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("id", segment.id());
    node.put("rows", segment.rows());
    node.put("value_bytes", segment.valueBytes());
    node.set("format", encoding(segment.encoding()));
    node.set("data", blob(segment.data()));
    node.set("envelope", blob(segment.envelope()));
    ArrayNode indexes = node.putArray("indexes");
    for (IndexEntry index : segment.indexes()) {
      ObjectNode item = indexes.addObject();
      item.put("field", index.field()).put("kind", index.kind().id());
      item.set("type", encoding(index.encoding()));
      index.recipe().ifPresent(recipe -> item.put("recipe", recipe.text()));
      item.set("blob", blob(index.blob()));
    }
    segment
        .tombstones()
        .ifPresent(tombstones -> {
          ObjectNode item = node.putObject("tombstones").put("count", tombstones.count());
          item.set("blob", blob(tombstones.blob()));
        });
    if (!segment.gaps().isEmpty()) {
      ArrayNode gaps = node.putArray("gaps");
      segment
          .gaps()
          .forEach(gap -> gaps.addObject().put("field", gap.field()).put("kind", gap.kind().id()));
    }
    return node;
  }

  private static ObjectNode encoding(Encoding encoding) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", encoding.name()).put("version", encoding.version());
    ArrayNode features = node.putArray("features");
    new TreeSet<>(encoding.features()).forEach(features::add);
    return node;
  }

  private static ObjectNode blob(BlobRef blob) {
    return MAPPER.createObjectNode().put("name", blob.name()).put("bytes", blob.bytes());
  }

  /**
   * @param name of the object, for messages
   * @throws ElacsymException {@code CORRUPT} when the bytes are no manifest this program can read
   */
  public static Manifest read(String name, byte[] bytes) {
    try {
      JsonNode root = MAPPER.readTree(bytes);
      if (!(root instanceof ObjectNode object) || !root.path("format").isInt()) {
        throw new MalformedManifest("it is no JSON object with a format");
      }
      if (!hasItsChecksum(object)) {
        throw new MalformedManifest("its checksum does not hold");
      }
      int format = root.path("format").asInt();
      if (format != FORMAT) {
        throw otherFormat(name, format);
      }
      return checked(object);
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw damaged(name, "it is no JSON" + where, e);
    } catch (IOException e) {
      // No input or output took place, so this is a failure of the bytes, too.
      throw damaged(name, "it is no text in UTF-8", e);
    } catch (MalformedManifest e) {
      throw damaged(name, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Takes the checksum out of the manifest and compares it; it is computed alike in every format.
   */
  private static boolean hasItsChecksum(ObjectNode root) {
    JsonNode crc = root.remove("crc32c");
    return crc != null && crc.isIntegralNumber() && crc.asLong() == crc(root);
  }

  private static ElacsymException otherFormat(String name, int format) {
    return new ElacsymException(
        ErrorKind.CORRUPT,
        "manifest "
            + name
            + " has format "
            + format
            + ", this program reads "
            + FORMAT
            + (format < FORMAT
                ? ": an earlier build of Elacsym has written it, whose objects have other names, so"
                    + " its last writes would not be found. Serve it with that build, and import"
                    + " its documents into this one"
                : ": a newer version of Elacsym has written it; use that one"));
  }

  /** Whether bytes are a whole manifest of another format: then they are not to be replaced. */
  public static boolean isOfOtherFormat(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes) instanceof ObjectNode root
          && root.path("format").isInt()
          && root.path("format").asInt() != FORMAT
          && hasItsChecksum(root);
    } catch (IOException e) {
      return false;
    }
  }

  private static Manifest checked(ObjectNode root) {
    try {
      return manifest(root);
    } catch (DateTimeException | ArithmeticException | ElacsymException e) {
      throw new MalformedManifest(String.valueOf(e.getMessage()));
    }
  }

  private static ElacsymException damaged(String name, String why, Exception e) {
    return new ElacsymException(
        ErrorKind.CORRUPT,
        "manifest "
            + name
            + " is damaged: "
            + why
            + "; 'elacsym repair' puts the newest whole version of its history in its place",
        e);
  }

  private static Manifest manifest(ObjectNode root) {
    return new Manifest(
        life(root),
        new Commit(
            number(root, "version"),
            text(root, "commit_id"),
            time(root, "committed_at"),
            root.has("restored") ? Optional.of(number(root, "restored")) : Optional.empty(),
            root.path("farewell").asBoolean(false)),
        number(root, "epoch"),
        root.has("writer") ? Optional.of(text(root, "writer")) : Optional.empty(),
        number(root, "wal_begin"),
        number(root, "wal_floor"),
        number(root, "wal_last"),
        number(root, "history_from"),
        new Content(
            SchemaJson.read(member(root, "schema")),
            root.has("id_kind")
                ? Optional.of(byId(root, "id_kind", List.of(DocId.Kind.values()), DocId.Kind::id))
                : Optional.empty(),
            list(root, "segments", ManifestJson::readSegment)),
        list(
            root,
            "garbage",
            node ->
                new Garbage(text(node, "name"), time(node, "dropped_at"), number(node, "version"))),
        list(
            root,
            "branches",
            node ->
                new Branch(text(node, "name"), text(node, "incarnation"), time(node, "since"))));
  }

  private static Life life(ObjectNode root) {
    return new Life(
        text(root, "incarnation"),
        byId(root, "state", List.of(Life.Stage.values()), Life.Stage::id),
        time(root, "created_at"),
        root.has("origin") ? Optional.of(origin(root.path("origin"))) : Optional.empty());
  }

  private static Life.Origin origin(JsonNode node) {
    return new Life.Origin(
        text(node, "namespace"),
        number(node, "version"),
        node.has("copy_of") ? Optional.of(text(node, "copy_of")) : Optional.empty());
  }

  private static SegmentEntry readSegment(JsonNode node) {
    return new SegmentEntry(
        text(node, "id"),
        readEncoding(member(node, "format")),
        readBlob(member(node, "data")),
        readBlob(member(node, "envelope")),
        Math.toIntExact(number(node, "rows")),
        number(node, "value_bytes"),
        list(
            node,
            "indexes",
            item ->
                new IndexEntry(
                    text(item, "field"),
                    byId(item, "kind", List.of(IndexKind.values()), IndexKind::id),
                    readEncoding(member(item, "type")),
                    item.has("recipe")
                        ? Optional.of(new Recipe(text(item, "recipe")))
                        : Optional.empty(),
                    readBlob(member(item, "blob")))),
        node.has("tombstones")
            ? Optional.of(
                new Tombstones(
                    readBlob(member(node.path("tombstones"), "blob")),
                    Math.toIntExact(number(node.path("tombstones"), "count"))))
            : Optional.empty(),
        node.has("gaps")
            ? list(
                node,
                "gaps",
                item ->
                    new IndexGap(
                        text(item, "field"),
                        byId(item, "kind", List.of(IndexKind.values()), IndexKind::id)))
            : List.of());
  }

  private static Encoding readEncoding(JsonNode node) {
    return new Encoding(
        text(node, "name"),
        Math.toIntExact(number(node, "version")),
        Set.copyOf(list(node, "features", JsonNode::asText)));
  }

  private static BlobRef readBlob(JsonNode node) {
    return new BlobRef(text(node, "name"), number(node, "bytes"));
  }

  static JsonNode member(JsonNode node, String name) {
    JsonNode member = node.get(name);
    if (member == null) {
      throw new MalformedManifest("'" + name + "' is missing");
    }
    return member;
  }

  static String text(JsonNode node, String name) {
    JsonNode member = member(node, name);
    if (!member.isTextual()) {
      throw new MalformedManifest("'" + name + "' is " + member + ", expected a string");
    }
    return member.asText();
  }

  private static Instant time(JsonNode node, String name) {
    return Instant.parse(text(node, name));
  }

  static boolean flag(JsonNode node, String name) {
    JsonNode member = member(node, name);
    if (!member.isBoolean()) {
      throw new MalformedManifest("'" + name + "' is " + member + ", expected true or false");
    }
    return member.asBoolean();
  }

  static double decimal(JsonNode node, String name) {
    JsonNode member = member(node, name);
    if (!member.isNumber()) {
      throw new MalformedManifest("'" + name + "' is " + member + ", expected a number");
    }
    return member.asDouble();
  }

  static long number(JsonNode node, String name) {
    JsonNode member = member(node, name);
    if (!member.canConvertToLong() || !member.isIntegralNumber()) {
      throw new MalformedManifest("'" + name + "' is " + member + ", expected a whole number");
    }
    return member.asLong();
  }

  static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>();
    member(node, name).forEach(item -> items.add(read.apply(item)));
    return items;
  }

  static <T> T byId(JsonNode node, String name, List<T> values, Function<T, String> id) {
    String given = text(node, name);
    return values.stream()
        .filter(value -> id.apply(value).equals(given))
        .findFirst()
        .orElseThrow(() -> new MalformedManifest("'" + name + "' is '" + given + "', unknown"));
  }

  private static long crc(ObjectNode withoutCrc) {
    CRC32C crc = new CRC32C();
    crc.update(bytes(MAPPER.writer(), withoutCrc));
    return crc.getValue();
  }

  private static byte[] bytes(ObjectWriter writer, ObjectNode node) {
    try {
      return writer.writeValueAsBytes(node);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }
}
