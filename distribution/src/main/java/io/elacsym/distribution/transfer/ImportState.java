package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.distribution.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far an import has come, kept beside the imported file as {@code <file>.elacsym-import} until
 * it is complete. It lags a little behind; sending documents twice does no harm.
 */
final class ImportState {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final ObjectNode identity;

  private ImportState(Path path, ObjectNode identity) {
    this.path = path;
    this.identity = identity;
  }

  /**
   * What an earlier run may have left.
   *
   * @param file what is imported; a file that was changed since is another one
   * @param target server and namespace
   */
  static ImportState of(Path file, String target) throws IOException {
    ObjectNode identity = JSON.createObjectNode();
    identity.put("target", target);
    identity.put("size", Long.toString(Files.size(file)));
    identity.put("modified", Files.getLastModifiedTime(file).toString());
    return new ImportState(file.resolveSibling(file.getFileName() + ".elacsym-import"), identity);
  }

  /** How many rows an earlier run has dealt with; empty when there was none to go on with. */
  Optional<Long> rowsDone() throws IOException {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      JsonNode state = JSON.readTree(Files.readAllBytes(path));
      return state.path("import").equals(identity) && state.path("rows").isIntegralNumber()
          ? Optional.of(state.path("rows").asLong())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty(); // cut off by a crash: begin again
    }
  }

  /**
   * Tells before anything is sent that it could not be remembered.
   *
   * @throws IOException that says why
   */
  void tryOut() throws IOException {
    WholeFile.create(path).close();
  }

  void save(long rows) throws IOException {
    ObjectNode state = JSON.createObjectNode();
    state.set("import", identity);
    state.put("rows", rows);
    try (WholeFile file = WholeFile.create(path)) {
      file.stream().write(JSON.writeValueAsBytes(state));
      file.commit();
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(path);
  }
}
