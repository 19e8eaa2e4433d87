package io.elacsym.distribution.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The TOML file: where it is looked for, and its values by full key. */
public final class ConfigurationFile {
  /** The environment variable that names it. */
  public static final String VARIABLE = "ELACSYM_CONFIG";

  private static final List<Path> USUAL =
      List.of(Path.of("config.toml"), Path.of("/etc/elacsym/config.toml"));

  private ConfigurationFile() {}

  /**
   * The file to read: the given one, that of {@code ELACSYM_CONFIG}, {@code ./config.toml}, {@code
   * /etc/elacsym/config.toml}; empty when none of them is there.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when a file that was named is not there
   */
  public static Optional<Path> find(Optional<Path> given, Map<String, String> environment) {
    return find(given, environment, USUAL);
  }

  static Optional<Path> find(
      Optional<Path> given, Map<String, String> environment, List<Path> usual) {
    if (given.isPresent()) {
      return Optional.of(existing(given.get(), "--config"));
    }
    String named = environment.get(VARIABLE);
    if (named != null && !named.isBlank()) {
      return Optional.of(existing(Path.of(named), VARIABLE));
    }
    return usual.stream().filter(Files::isRegularFile).findFirst();
  }

  private static Path existing(Path file, String source) {
    // Not only regular files: a shell may pass a pipe.
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw ElacsymException.invalid(source + " names " + file + ", which is no file");
    }
    return file;
  }

  /** A value and where it stands. */
  record Entry(String value, Origin origin) {}

  /**
   * Reads a file.
   *
   * @return texts by full key; a list of values is joined by commas
   * @throws ElacsymException {@code INVALID_REQUEST} with file, line and column
   */
  static SortedMap<String, Entry> read(Path file) {
    TreeMap<String, String> values = new TreeMap<>();
    TreeMap<String, Entry> entries = new TreeMap<>();
    try {
      String text = text(file);
      flatten(file, "", new TomlMapper().readTree(text), values);
      TomlLines lines = TomlLines.of(text);
      values.forEach((key, value) ->
          entries.put(key, new Entry(value, new Origin.File(file, lines.line(key)))));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw ElacsymException.invalid(file + where + ": no valid TOML: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ElacsymException.invalid(file + ": cannot be read (" + e + ")");
    }
    return entries;
  }

  /** Editors of Windows begin a file with a byte-order mark. */
  private static String text(Path file) throws IOException {
    return Files.readString(file).replaceFirst("^\uFEFF", "");
  }

  private static void flatten(Path file, String key, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      String prefix = key.isEmpty() ? "" : key + ".";
      node.properties()
          .forEach(entry -> flatten(file, prefix + entry.getKey(), entry.getValue(), values));
    } else if (node.isArray()) {
      if (StreamSupport.stream(node.spliterator(), false).anyMatch(JsonNode::isContainerNode)) {
        throw ElacsymException.invalid(file + ": " + key + ": expected a list of plain values");
      }
      values.put(
          key,
          StreamSupport.stream(node.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(",")));
    } else {
      values.put(key, node.asText());
    }
  }
}
