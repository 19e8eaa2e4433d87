package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.cas.AtomicObject;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Invariants;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.task.Damage;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The manifest of a namespace, and the one door to it: whoever changes it, in whatever way, commits
 * here. Every commit is checked against the invariants and put by compare-and-set, and only after
 * the version that it replaces has a copy in the history, unless nobody can want that back. Safe
 * for use by many threads.
 */
public final class ManifestCommits {
  private static final System.Logger LOG = System.getLogger(ManifestCommits.class.getName());

  private final Storage storage;
  private final String namespace;
  private final EngineSettings settings;
  private final Seams seams;
  private final AtomicObject<Manifest> manifest;

  private volatile Kept kept = new Kept("", 0);

  /**
   * The newest version of which there is a copy for certain.
   *
   * @param incarnation the life that it belongs to
   */
  private record Kept(String incarnation, long version) {
    boolean includes(Manifest committed) {
      return incarnation.equals(committed.incarnation()) && version >= committed.version();
    }
  }

  public ManifestCommits(Storage storage, String namespace, EngineSettings settings, Seams seams) {
    this.storage = storage;
    this.namespace = namespace;
    this.settings = settings;
    this.seams = seams;
    String name = objectName();
    this.manifest =
        new AtomicObject<>(
            storage,
            name,
            ManifestJson::write,
            bytes -> ManifestJson.read(name, bytes),
            (a, b) -> a.commitId().equals(b.commitId()));
  }

  /** Where it is stored. */
  public String objectName() {
    return ObjectNames.manifest(namespace);
  }

  /**
   * The manifest now; empty when there is none.
   *
   * @throws ElacsymException {@code CORRUPT} when it is damaged
   */
  public Optional<Tagged<Manifest>> read() {
    return manifest.read();
  }

  /**
   * The manifest if it is another than the known one; empty when nothing changed.
   *
   * @throws ElacsymException {@code NOT_FOUND} when it is gone
   */
  public Optional<Tagged<Manifest>> readIfChanged(String knownTag) {
    return manifest.readIfChanged(knownTag);
  }

  /**
   * The manifest now.
   *
   * @throws ElacsymException {@code NOT_FOUND} when there is no such namespace
   */
  public Tagged<Manifest> readActive() {
    return read()
        .filter(found -> found.content().isActive())
        .orElseThrow(
            () -> ElacsymException.notFound("namespace '" + namespace + "' does not exist"));
  }

  /** A changed manifest as the next version, with no more history than the settings ask for. */
  public Manifest next(Manifest before, Manifest changed) {
    return shortened(before, changed).committed(before, seams.ids().get(), seams.clock().instant());
  }

  /** As {@link #next}, with at least as much history as reaches back to a version. */
  public Manifest nextKeeping(long version, Manifest before, Manifest changed) {
    Manifest next = next(before, changed);
    return next.withHistoryFrom(Math.min(next.historyFrom(), version));
  }

  /** As {@link #next}, for a change that brings back the content of an earlier version. */
  public Manifest nextRestoring(long version, Manifest before, Manifest changed) {
    return shortened(before, changed)
        .restored(before, seams.ids().get(), seams.clock().instant(), version);
  }

  private Manifest shortened(Manifest before, Manifest changed) {
    long oldest = before.version() + 1 - settings.history().versions();
    return changed.withHistoryFrom(Math.max(changed.historyFrom(), oldest));
  }

  /**
   * Commits a version; empty when another one is there by now.
   *
   * @throws ElacsymException {@code INTERNAL} when an invariant would break, {@code UNAVAILABLE}
   *     when storage fails
   */
  public Optional<Tagged<Manifest>> replace(Tagged<Manifest> before, Manifest after) {
    Invariants.check(before.content(), after);
    if (!after.isOver() && isWanted(before.content().version(), after)) {
      keep(before.content());
    }
    return manifest.replace(before, after);
  }

  /**
   * Whether a version can be restored once another has replaced it: the history reaches back to it,
   * and it is the earlier one of the two, which a copy is not that a backup puts a version over.
   */
  private static boolean isWanted(long replaced, Manifest after) {
    return replaced >= after.historyFrom() && replaced < after.version();
  }

  /**
   * Commits the first version of a life where there is no manifest; empty when there is one by now.
   *
   * @throws ElacsymException {@code INTERNAL} when an invariant would break, {@code UNAVAILABLE}
   *     when storage fails
   */
  public Optional<Tagged<Manifest>> create(Manifest first) {
    Invariants.checkFirst(first);
    return manifest.create(first);
  }

  /** What there is of a manifest that may need a repair. */
  public sealed interface Look {
    /** It can be read. */
    record Whole(Manifest manifest) implements Look {}

    /**
     * It cannot.
     *
     * @param tag of the damaged bytes
     */
    record Damaged(String tag) implements Look {}

    /** There is none. */
    record Gone() implements Look {}
  }

  /**
   * Looks whether it needs a repair.
   *
   * @throws ElacsymException {@code CORRUPT} when it is of a format that this release does not know
   */
  public Look look() {
    // Read again, as always, before damage is believed: it may have come about on the way.
    return Damage.orElse(
        () -> read().<Look>map(found -> new Look.Whole(found.content())).orElseGet(Look.Gone::new),
        damage -> lookAtBytes());
  }

  private Look lookAtBytes() {
    Optional<StoredObject> found = storage.get(objectName(), ByteRange.ALL);
    if (found.isEmpty()) {
      return new Look.Gone();
    }
    byte[] bytes = found.get().bytes();
    try {
      return new Look.Whole(ManifestJson.read(objectName(), bytes));
    } catch (ElacsymException e) {
      if (!Damage.is(e) || ManifestJson.isOfOtherFormat(bytes)) {
        throw e;
      }
      return new Look.Damaged(found.get().info().tag());
    }
  }

  /**
   * Puts a version in the place of one that is damaged or gone; empty when somebody has changed it
   * meanwhile.
   *
   * @param newest the newest version that is known, which it has the content of
   */
  public Optional<Tagged<Manifest>> repair(Look found, Manifest newest, Manifest repaired) {
    Invariants.checkRepair(newest, repaired);
    return switch (found) {
      case Look.Gone() -> manifest.create(repaired);
      case Look.Damaged(String tag) ->
          // Whoever was faster is not overwritten.
          manifest.replace(new Tagged<>(newest, tag), repaired);
      case Look.Whole whole -> throw new IllegalArgumentException("nothing to repair: " + whole);
    };
  }

  /** Makes sure that a version has a copy, unless nobody can want it back. */
  public void keep(Manifest committed) {
    if (committed.isActive() && !kept.includes(committed)) {
      new ManifestHistory(storage, namespace, committed.incarnation()).keep(committed);
      kept = new Kept(committed.incarnation(), committed.version());
    }
  }

  /** As {@link #keep}; if it fails, the next commit does it. */
  public void tryToKeep(Manifest committed) {
    try {
      keep(committed);
    } catch (ElacsymException e) {
      LOG.log(
          Level.DEBUG,
          "namespace {0}: version {1} of the manifest has no copy yet: {2}",
          namespace,
          Long.toString(committed.version()),
          e.forOperators());
    }
  }
}
