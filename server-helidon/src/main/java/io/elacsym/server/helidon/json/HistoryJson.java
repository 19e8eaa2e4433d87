package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.engine.model.Place;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Versions of a namespace: what is asked of them, and what they are. */
public final class HistoryJson {
  private HistoryJson() {}

  /** Which version is meant. */
  public sealed interface VersionWish {
    /** This version. */
    record Version(long version) implements VersionWish {}

    /** Whatever was the newest version then. */
    record Time(Instant time) implements VersionWish {}
  }

  /**
   * A wish for a branch.
   *
   * @param at version of the source; empty for how it is now
   */
  public record Branch(String name, Optional<VersionWish> at) {}

  /** Reads {@code {"version":12}} or {@code {"time":"2026-01-31T12:00:00Z"}}. */
  public static VersionWish readRestore(InputStream in) throws IOException {
    return Json.read(in, HistoryJson::restoreWish);
  }

  private static VersionWish restoreWish(JsonParser parser) throws IOException {
    Fields fields = Fields.of(parser, Place.ROOT, List.of("version", "time"));
    return wish(fields)
        .orElseThrow(() -> ElacsymException.invalid("expected exactly one of version and time"));
  }

  /** Reads {@code {"name":"trial"}}, perhaps with a version or a time beside the name. */
  public static Branch readBranch(InputStream in) throws IOException {
    return Json.read(
        in,
        parser -> {
          Fields fields = Fields.of(parser, Place.ROOT, List.of("name", "version", "time"));
          fields.require("name", "the name of the branch");
          return new Branch(fields.text("name").orElseThrow(), wish(fields));
        });
  }

  private static Optional<VersionWish> wish(Fields fields) {
    Optional<Long> version = version(fields);
    Optional<Instant> time = fields.find("time").map(node -> time(fields, node));
    if (version.isPresent() && time.isPresent()) {
      throw ElacsymException.invalid("expected exactly one of version and time");
    }
    return version
        .<VersionWish>map(VersionWish.Version::new)
        .or(() -> time.map(VersionWish.Time::new));
  }

  private static Optional<Long> version(Fields fields) {
    return fields
        .find("version")
        .map(node -> {
          if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1) {
            throw fields.wrong("version", node, "a whole number from 1");
          }
          return node.longValue();
        });
  }

  private static Instant time(Fields fields, JsonNode node) {
    if (node.isTextual()) {
      try {
        return OffsetDateTime.parse(node.textValue()).toInstant();
      } catch (DateTimeException e) {
        // Told below, as any other value that is no time.
      }
    }
    throw fields.wrong("time", node, "a time with a zone, such as \"2026-01-31T12:00:00Z\"");
  }

  /** Writes the value of {@code versions}. */
  public static void write(List<NamespaceVersion> versions, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (NamespaceVersion version : versions) {
      out.writeStartObject();
      out.writeNumberField("version", version.version());
      out.writeStringField("committed_at", version.committedAt().toString());
      out.writeNumberField("segments", version.segments());
      out.writeNumberField("documents", version.documents());
      if (version.restored().isPresent()) {
        out.writeNumberField("restored", version.restored().get());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
