package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.engine.model.Schema;
import io.elacsym.server.helidon.json.SchemaJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The namespace that an import goes to. One that is not there is made when the first documents are
 * sent, and goes again when the server has taken none of them: a file that is wrong leaves nothing
 * behind that would be in the way of the next try. For one thread.
 */
final class Target {
  private final ElacsymClient client;
  private final Screen screen;
  private final String namespace;
  private final byte[] json;
  private final Schema schema;

  /** What is printed when the namespace is made; empty when it need not be made any more. */
  private Optional<String> making;

  /** The namespace's figures right after this import has made it; empty when it has not made it. */
  private Optional<JsonNode> asMade = Optional.empty();

  private Target(
      ElacsymClient client, Screen screen, String namespace, byte[] json, Optional<String> making)
      throws IOException {
    this.client = client;
    this.screen = screen;
    this.namespace = namespace;
    this.json = json;
    this.schema = SchemaJson.read(new ByteArrayInputStream(json), Metric.COSINE);
    this.making = making;
  }

  static Target existing(ElacsymClient client, Screen screen, String namespace, byte[] schema)
      throws IOException {
    return new Target(client, screen, namespace, schema, Optional.empty());
  }

  /**
   * One that is to be made.
   *
   * @param what the schema is, for people
   */
  static Target missing(
      ElacsymClient client, Screen screen, String namespace, byte[] schema, String what)
      throws IOException {
    String said =
        "Created namespace "
            + namespace
            + " with "
            + what
            + new String(schema, StandardCharsets.UTF_8).strip();
    return new Target(client, screen, namespace, schema, Optional.of(said));
  }

  String namespace() {
    return namespace;
  }

  Schema schema() {
    return schema;
  }

  /** Makes it unless it is there; somebody else may have made it meanwhile. */
  void ensure() {
    if (making.isPresent()) {
      if (client.create(namespace, json)) {
        screen.note(making.get());
        asMade = figures();
      }
      making = Optional.empty();
    }
  }

  /**
   * Deletes the namespace if this import has made it and nobody has written to it since. Its
   * figures must be what they were when it was made; before they are read, a strong read makes sure
   * that they show every write. A write that comes in the milliseconds between this look and the
   * deletion fails, and its sender is told that the namespace is gone.
   */
  void dropIfUnused() throws IOException {
    if (asMade.isEmpty()) {
      return;
    }
    try {
      byte[] one = "{\"limit\":1}".getBytes(StandardCharsets.US_ASCII);
      byte[] page = client.postRaw(ElacsymClient.path(namespace, "/scan"), one);
      boolean unused = PageSlices.of(page).documents().isEmpty() && figures().equals(asMade);
      if (unused && client.drop(namespace)) {
        screen.note("Deleted namespace " + namespace + " again: nothing was stored in it.");
      }
    } catch (ElacsymException e) {
      // What is wrong with the file has been said, and an empty namespace harms nobody.
      screen.note("Namespace " + namespace + " stays, empty: " + e.getMessage());
    }
  }

  private Optional<JsonNode> figures() {
    return client.describe(namespace).map(description -> description.path("stats"));
  }
}
