package io.elacsym.engine.past;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.writer.NamespaceContext;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The versions of a namespace that can be brought back. */
public final class KeptVersions {
  private static final System.Logger LOG = System.getLogger(KeptVersions.class.getName());

  private final NamespaceContext context;

  public KeptVersions(NamespaceContext context) {
    this.context = context;
  }

  /**
   * One version.
   *
   * @param now the newest
   * @throws ElacsymException {@code NOT_FOUND} saying which there are
   */
  Manifest find(Manifest now, long version) {
    if (version == now.version()) {
      return now;
    }
    return Optional.of(version)
        .filter(now::canRestore)
        .flatMap(context.history(now)::read)
        .filter(kept -> kept.incarnation().equals(now.incarnation()))
        .orElseThrow(() ->
            ElacsymException.notFound(
                "namespace '"
                    + context.name()
                    + "' has no version "
                    + version
                    + ", expected one of "
                    + numbers(now)));
  }

  /**
   * Proves that every object of a version is there.
   *
   * @throws ElacsymException {@code CORRUPT} naming one that is not; {@code NOT_FOUND} when the
   *     version was given up since
   */
  void requireWhole(Manifest version) {
    try {
      requireObjects(version);
    } catch (ElacsymException e) {
      if (Damage.is(e)) {
        find(context.manifest().readActive().content(), version.version());
      }
      throw e;
    }
  }

  private void requireObjects(Manifest version) {
    List<BlobRef> blobs = version.content().blobs().toList();
    Parallel.map(
        blobs,
        blob -> {
          String name = context.object(blob.name());
          Optional<ObjectInfo> info = context.storage().head(name);
          if (info.isEmpty() || info.get().size() != blob.bytes()) {
            throw ElacsymException.corrupt(
                "version "
                    + version.version()
                    + " cannot be brought back: object "
                    + name
                    + (info.isEmpty()
                        ? " is missing"
                        : " has " + info.get().size() + " bytes, expected " + blob.bytes()));
          }
          return true;
        });
  }

  private List<Long> numbers(Manifest now) {
    List<Long> numbers = new ArrayList<>(context.history(now).versions(now.historyFrom()));
    numbers.removeIf(version -> version >= now.version());
    numbers.add(now.version());
    return numbers;
  }

  /**
   * The version that was the newest at a time.
   *
   * @param now the newest
   * @throws ElacsymException {@code NOT_FOUND} saying how old the oldest is
   */
  public NamespaceVersion newestAt(Manifest now, Instant time) {
    List<NamespaceVersion> versions = list(now);
    return versions.stream()
        .filter(version -> !version.committedAt().isAfter(time))
        .reduce((earlier, later) -> later)
        .orElseThrow(() ->
            ElacsymException.notFound(
                "namespace '"
                    + context.name()
                    + "' has no version of "
                    + time
                    + "; the oldest one that is kept, "
                    + versions.getFirst().version()
                    + ", is of "
                    + versions.getFirst().committedAt()));
  }

  /** All of them, oldest first; the last one is how the namespace is now. */
  public List<NamespaceVersion> list(Manifest now) {
    return Parallel.map(
            numbers(now),
            version -> version == now.version() ? Optional.of(now) : whole(now, version))
        .stream()
        .flatMap(Optional::stream)
        .filter(kept -> kept.incarnation().equals(now.incarnation()))
        .map(KeptVersions::described)
        .toList();
  }

  /** One of many: that the copy of one is damaged must not hide the others. */
  private Optional<Manifest> whole(Manifest now, long version) {
    return Damage.orElse(
        () -> context.history(now).read(version),
        damage -> {
          LOG.log(
              Level.WARNING,
              "namespace {0}: version {1} cannot be brought back: {2}",
              context.name(),
              Long.toString(version),
              damage.forOperators());
          return Optional.empty();
        });
  }

  private static NamespaceVersion described(Manifest manifest) {
    return new NamespaceVersion(
        manifest.version(),
        manifest.commit().at(),
        manifest.segments().size(),
        manifest.segments().stream().mapToLong(segment -> segment.liveRows()).sum(),
        manifest.commit().restored());
  }
}
