package io.elacsym.engine;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.task.Retry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Small objects beside the namespaces, by which processes on one storage tell each other of
 * themselves. Nothing that has to be right rests on them. Safe for use by many threads.
 */
public final class Notices {
  private static final String FOLDER = "elacsym-cluster/";
  private static final String NOTICES = FOLDER + "nodes/";
  private static final String IDENTITY = FOLDER + "storage";
  private static final int ATTEMPTS = 5;

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
   * @throws ElacsymException {@code UNAVAILABLE} when the storage does not say which name it has
   */
  public String identity(String otherwise) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> known = Retry.whileCorrupt(() -> bytes(IDENTITY).map(Notices::checked));
      if (known.isPresent()) {
        return known.get();
      }
      // Whoever wins, and also where the storage does not say: what is there then counts.
      storage.put(IDENTITY, Payload.of(withChecksum(otherwise)), PutMode.IF_ABSENT);
    }
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE, "the storage does not keep " + IDENTITY + ", which names it");
  }

  private static byte[] withChecksum(String name) {
    return (name + " " + checksum(name)).getBytes(StandardCharsets.UTF_8);
  }

  private static String checked(byte[] content) {
    String[] parts = new String(content, StandardCharsets.UTF_8).split(" ", 2);
    if (parts.length != 2 || !checksum(parts[0]).equals(parts[1])) {
      throw new ElacsymException(ErrorKind.CORRUPT, IDENTITY + " is damaged; delete it");
    }
    return parts[0];
  }

  private static String checksum(String name) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private Optional<byte[]> bytes(String object) {
    Optional<StoredObject> stored = storage.get(object, ByteRange.ALL);
    return stored.map(StoredObject::bytes);
  }
}
