package io.elacsym.distribution.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.server.helidon.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON among the arguments: as it is, or {@code @file} for the content of a file. */
final class JsonArguments {
  static final ObjectMapper JSON = new ObjectMapper();

  private JsonArguments() {}

  static JsonNode parse(String option, String argument) {
    try {
      String text = argument.startsWith("@") ? read(argument.substring(1)) : argument;
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw ElacsymException.invalid(option + " is no valid JSON: " + Json.reason(e));
    } catch (IOException e) {
      throw ElacsymException.invalid(option + ": " + argument.substring(1) + " cannot be read");
    }
  }

  static ObjectNode object(String option, String argument) {
    JsonNode parsed = parse(option, argument);
    if (parsed instanceof ObjectNode object) {
      return object;
    }
    throw ElacsymException.invalid(option + " is " + Json.shown(parsed) + ", expected an object");
  }

  private static String read(String file) throws IOException {
    // Editors of Windows begin a file with a byte-order mark.
    return Files.readString(Path.of(file)).replaceFirst("^\uFEFF", "");
  }
}
