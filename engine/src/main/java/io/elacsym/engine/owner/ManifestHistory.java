package io.elacsym.engine.owner;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.task.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Copies of committed manifests, one object for each version. A version is copied before it is
 * replaced, so what is missing can only be the newest. Safe for use by many threads and processes:
 * only what was committed is copied, so whoever copies a version writes the same bytes.
 */
public final class ManifestHistory {
  private static final int PAGE = 1_000;
  private static final int PUT_ATTEMPTS = 4;

  private final Storage storage;
  private final String prefix;

  ManifestHistory(Storage storage, String namespace) {
    this.storage = storage;
    this.prefix = namespace + "/history/";
  }

  /** Where the copy of a version is stored. */
  public String name(long version) {
    return String.format(Locale.ROOT, "%s%020d.json", prefix, version);
  }

  /**
   * Copies a version that was committed.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when storage did not take it for certain
   */
  public void keep(Manifest committed) {
    String name = name(committed.version());
    byte[] bytes = ManifestJson.write(committed);
    for (int attempt = 0; attempt < PUT_ATTEMPTS; attempt++) {
      PutResult result = storage.put(name, Payload.of(bytes), PutMode.OVERWRITE);
      if (result.outcome() == PutResult.Outcome.WON) {
        return;
      }
    }
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE, "storage did not say whether it has taken object " + name);
  }

  /**
   * One version; empty when it is not kept.
   *
   * @throws ElacsymException {@code CORRUPT} when its copy is damaged
   */
  public Optional<Manifest> read(long version) {
    String name = name(version);
    return Retry.whileCorrupt(() ->
        storage.get(name, ByteRange.ALL).map(object -> ManifestJson.read(name, object.bytes())));
  }

  /** The versions from one on of which there are copies, oldest first. */
  public List<Long> versions(long from) {
    List<Long> versions = new ArrayList<>();
    String after = from <= 0 ? "" : name(from - 1);
    List<ObjectInfo> page;
    do {
      page = storage.list(prefix, after, PAGE);
      for (ObjectInfo object : page) {
        after = object.name();
        versionOf(after).ifPresent(versions::add);
      }
    } while (page.size() == PAGE);
    return versions;
  }

  /** Deletes the copies of versions before one. */
  public void deleteBefore(long version) {
    List<String> names;
    do {
      names =
          storage.list(prefix, "", PAGE).stream()
              .map(ObjectInfo::name)
              .filter(name -> versionOf(name).filter(found -> found < version).isPresent())
              .toList();
      if (!names.isEmpty()) {
        storage.delete(names);
      }
    } while (names.size() == PAGE);
  }

  private Optional<Long> versionOf(String name) {
    String file = name.substring(prefix.length());
    // 18 digits always fit a long; whatever has more is not ours.
    return file.matches("00\\d{18}\\.json")
        ? Optional.of(Long.parseLong(file.substring(0, 20)))
        : Optional.empty();
  }
}
