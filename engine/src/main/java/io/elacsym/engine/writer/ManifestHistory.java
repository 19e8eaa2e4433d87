package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.cas.NumberedObjects;
import io.elacsym.engine.cas.ObjectList;
import io.elacsym.engine.cas.Puts;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.Retry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies of committed manifests of one life of a namespace, one object for each version. A version
 * is copied before it is replaced, so what is missing can only be the newest. Safe for use by many
 * threads and processes: only what was committed is copied, so whoever copies a version writes the
 * same bytes.
 */
public final class ManifestHistory {
  private static final String FOLDER = "/history/";
  private static final String SUFFIX = ".json";
  private static final Pattern NAME = Pattern.compile("\\d{20}-(.+)\\.json");

  private final Storage storage;
  private final NumberedObjects copies;

  ManifestHistory(Storage storage, String namespace, String incarnation) {
    this.storage = storage;
    this.copies = new NumberedObjects(storage, namespace + FOLDER, "-" + incarnation + SUFFIX);
  }

  /** The lives of a namespace of which there are copies. */
  public static Set<String> lives(Storage storage, String namespace) {
    Set<String> lives = new TreeSet<>();
    ObjectList.each(
        storage,
        namespace + FOLDER,
        copy -> {
          Matcher name = NAME.matcher(copy.name().substring(namespace.length() + FOLDER.length()));
          if (name.matches()) {
            lives.add(name.group(1));
          }
        });
    return lives;
  }

  /** Where the copy of a version is stored. */
  public String name(long version) {
    return copies.name(version);
  }

  /**
   * Copies a version that was committed.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when storage did not take it for certain
   */
  public void keep(Manifest committed) {
    String name = name(committed.version());
    byte[] bytes = ManifestJson.write(committed);
    Puts.certain(storage, name, () -> Payload.of(bytes));
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

  /**
   * What is known of the newest versions.
   *
   * @param whole the newest of which there is a whole copy
   * @param last the number of the newest, whole or not
   */
  public record Newest(Manifest whole, long last) {}

  /** The newest version; empty when there is no whole copy. */
  public Optional<Newest> newest() {
    List<Long> versions = versions(0);
    return versions.reversed().stream()
        .flatMap(version ->
            Damage.orElse(() -> read(version), damage -> Optional.<Manifest>empty()).stream())
        .findFirst()
        .map(whole -> new Newest(whole, versions.getLast()));
  }

  /** The versions from one on of which there are copies, oldest first. */
  public List<Long> versions(long from) {
    return copies.from(from);
  }

  /** Deletes the copies of versions before one. */
  public void deleteBefore(long version) {
    copies.deleteBelow(version);
  }
}
