package io.elacsym.engine;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.cas.ObjectList;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Small objects beside the namespaces, by which processes on one storage tell each other of
 * themselves. Nothing that has to be right rests on them. Safe for use by many threads.
 */
public final class Notices {
  private static final String FOLDER = "elacsym-cluster/";
  private static final String NOTICES = FOLDER + "nodes/";
  private static final String IDENTITY = FOLDER + "storage";

  private final Storage storage;

  Notices(Storage storage) {
    this.storage = storage;
  }

  /** Puts up a notice, in the place of the one of that name. */
  public void put(String name, byte[] content) {
    storage.put(NOTICES + name, Payload.of(content), PutMode.OVERWRITE);
  }

  /** What is put up, by name: each with a tag that changes with its content. */
  public Map<String, String> list() {
    Map<String, String> tags = new HashMap<>();
    ObjectList.each(
        storage,
        NOTICES,
        object -> tags.put(object.name().substring(NOTICES.length()), object.tag()));
    return tags;
  }

  /** A notice; empty when it has been taken down. */
  public Optional<byte[]> read(String name) {
    return bytes(NOTICES + name);
  }

  /** Takes a notice down. */
  public void remove(String name) {
    storage.delete(List.of(NOTICES + name));
  }

  /**
   * Names this storage: all processes that work on it get the same name.
   *
   * @param otherwise its name if it has none yet
   */
  public String identity(String otherwise) {
    byte[] own = otherwise.getBytes(StandardCharsets.UTF_8);
    Optional<byte[]> known = bytes(IDENTITY);
    if (known.isEmpty()) {
      storage.put(IDENTITY, Payload.of(own), PutMode.IF_ABSENT);
      // Whoever has won, and also where the storage did not say: what is there counts.
      known = bytes(IDENTITY);
    }
    return known.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(otherwise);
  }

  private Optional<byte[]> bytes(String object) {
    Optional<StoredObject> stored = storage.get(object, ByteRange.ALL);
    return stored.map(StoredObject::bytes);
  }
}
