package io.elacsym.engine.past;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.blob.BlobFile;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.Checksums;
import io.elacsym.engine.cas.NumberedLog;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.cas.Puts;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.life.Births;
import io.elacsym.engine.manifest.Commit;
import io.elacsym.engine.manifest.Content;
import io.elacsym.engine.manifest.Garbage;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.model.BackupReport;
import io.elacsym.engine.segment.Envelope;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.wal.WalCodec;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.writer.NamespaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a namespace as it is at one moment to another storage, or to another name, and never
 * becomes its writer. The copy is a namespace like any other. It is complete before its manifest
 * says so, and a later backup to the same place copies only what is new. For one call.
 *
 * <p>Every byte is verified when it is read, so what is damaged does not reach the copy.
 */
public final class Backup {
  private static final int ATTEMPTS = 5;

  /** How often within a grace a copy is renewed while it is being made. */
  private static final int RENEWALS = 4;

  private static final int CHUNK = 128 * Checksums.BLOCK;

  private final NamespaceContext context;
  private final Storage target;
  private final String targetName;
  private final NamespaceContext place;
  private final LongConsumer progress;

  /** The manifest of the copy, as it is at the target; null until it is found or made. */
  private @Nullable Tagged<Manifest> copy;

  private Instant renewed = Instant.MIN;
  private int copied;
  private long copiedBytes;
  private int kept;
  private int skippedWalEntries;

  /** The last entry that the WAL of the copy is known to have. */
  private long walLast;

  /**
   * @param progress receives the number of bytes copied so far
   */
  public Backup(
      NamespaceContext context, Storage target, String targetName, LongConsumer progress) {
    this.context = context;
    this.target = target;
    this.targetName = targetName;
    this.place = context.at(target, targetName);
    this.progress = progress;
  }

  /**
   * @throws ElacsymException {@code CONFLICT} when the target holds something that is no earlier
   *     backup of this namespace, {@code CORRUPT} when an object is damaged
   */
  public BackupReport run() {
    for (int attempt = 1; ; attempt++) {
      Tagged<Manifest> source = context.manifest().readActive();
      begin(source.content());
      try {
        copyWal(source.content());
        source.content().segments().forEach(this::copySegment);
        commit(source.content());
        return new BackupReport(
            source.content().version(), copied, copiedBytes, kept, skippedWalEntries);
      } catch (ElacsymException e) {
        // What is gone may have been dropped since: then a newer version names other objects.
        boolean changed = context.manifest().readIfChanged(source.tag()).isPresent();
        if (!Damage.is(e) || !changed || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Finds what an earlier backup has left; anything else in its place is not touched. Where there
   * is nothing, a manifest says that something is being made.
   */
  private void begin(Manifest source) {
    Optional<Tagged<Manifest>> found =
        place.manifest().read().filter(manifest -> !manifest.content().isOver());
    if (found.filter(manifest -> !isOurs(manifest.content(), source)).isPresent()) {
      throw ElacsymException.conflict(
          "namespace '"
              + targetName
              + "' exists at the target and is no untouched backup of namespace '"
              + context.name()
              + "'; choose another name or place");
    }
    copy =
        found.orElseGet(() ->
            new Births(place)
                .bear(before ->
                    Manifest.first(
                            new Life(
                                // A life of its own: its WAL is not that of the source.
                                context.seams().ids().get(),
                                Life.Stage.PREPARING,
                                source.life().createdAt(),
                                Optional.of(origin(source, 0))),
                            before,
                            context.seams().ids().get(),
                            Content.empty(source.schema()))
                        // Whatever version is copied comes after it.
                        .withHistoryFrom(0)
                        .recounted(0, context.seams().ids().get(), context.now())));
    // A copy that was found may be old. It is renewed at once, lest a purge gives it up just now.
    renewed = found.isPresent() ? Instant.MIN : context.now();
    renew();
  }

  private boolean isOurs(Manifest copy, Manifest source) {
    if (copy.stage() == Life.Stage.PREPARING) {
      return isFrom(copy, origin(source, 0));
    }
    // A copy that was written to has more commits than it was made with.
    return copy.version() <= source.version() && isFrom(copy, origin(source, copy.version()));
  }

  private static boolean isFrom(Manifest copy, Life.Origin origin) {
    return copy.life().origin().filter(origin::equals).isPresent();
  }

  private Life.Origin origin(Manifest source, long version) {
    return new Life.Origin(context.name(), version, Optional.of(source.incarnation()));
  }

  /** Shows that the copy is still being made: nobody gives it up then. */
  private void renew() {
    Instant now = context.now();
    Tagged<Manifest> before = copy();
    if (before.content().stage() == Life.Stage.PREPARING && renewed.plus(renewal()).isBefore(now)) {
      Manifest same = before.content();
      copy =
          place
              .manifest()
              .replace(before, place.manifest().next(same, same))
              .orElseThrow(this::lost);
      renewed = now;
    }
  }

  private Duration renewal() {
    return context.settings().reaperGrace().dividedBy(RENEWALS);
  }

  private Tagged<Manifest> copy() {
    Tagged<Manifest> known = copy;
    if (known == null) {
      throw new IllegalStateException("the backup has not begun");
    }
    return known;
  }

  private ElacsymException lost() {
    return ElacsymException.conflict(
        "namespace '" + targetName + "' at the target was changed meanwhile by somebody else");
  }

  private void copyWal(Manifest source) {
    NumberedLog<WalEntry> copies = place.wal(copy().content());
    long next = source.walFloor();
    // The last one that is dead, too: it shows that nobody has deleted the WAL of the copy.
    for (Found<WalEntry> found : context.wal(source).readFrom(source.walFirst())) {
      boolean isDead = found.number() < source.walFloor();
      if (!isDead) {
        requireNone(source, next, found.number());
        next = found.number() + 1;
      }
      if (found.entry().isEmpty()) {
        skippedWalEntries += isDead ? 0 : 1;
        continue;
      }
      String name = copies.name(found.number());
      if (target.head(name).isPresent()) {
        kept++;
      } else {
        WalEntry entry = found.entry().get();
        // An entry of another life is dead in the source. It keeps the incarnation of that life,
        // and so is dead in the copy, too.
        String life =
            entry.incarnation().equals(source.incarnation())
                ? copy().content().incarnation()
                : entry.incarnation();
        put(
            name,
            Payload.of(
                WalCodec.write(
                    new WalEntry(
                        entry.sequence(),
                        entry.epoch(),
                        life,
                        entry.commitId(),
                        entry.changes()))));
      }
    }
    requireNone(source, next, source.walLast() + 1);
    walLast = source.knowing(next - 1).walLast();
  }

  private void requireNone(Manifest source, long from, long end) {
    if (from < end) {
      throw ElacsymException.corrupt(
          "object " + context.wal(source).name(from) + " is missing; run verify");
    }
  }

  private void copySegment(SegmentEntry segment) {
    BlobStore blobs = context.blobs();
    String envelopeName = context.object(segment.envelope().name());
    BlobSource envelope = blobs.openSealedUncached(envelopeName, segment.envelope().bytes());
    Checksums checksums = Envelope.read(envelopeName, envelope).checksums();
    copy(
        segment.data(),
        () -> blobs.openUncached(context.object(segment.data().name()), checksums),
        false);
    Stream.of(
            Stream.of(segment.envelope()),
            segment.indexes().stream().map(index -> index.blob()),
            segment.tombstones().stream().map(tombstones -> tombstones.blob()))
        .flatMap(stream -> stream)
        .forEach(blob ->
            copy(
                blob,
                () -> blobs.openSealedUncached(context.object(blob.name()), blob.bytes()),
                true));
  }

  @FunctionalInterface
  private interface Opening {
    BlobSource open();
  }

  private void copy(BlobRef blob, Opening opening, boolean sealed) {
    String name = targetName + "/" + ObjectNames.below(blob.name());
    if (isThere(name, blob.bytes())) {
      kept++;
      return;
    }
    BlobSource source = opening.open();
    try (BlobFile file = context.blobs().newFile()) {
      for (long from = 0; from < source.size(); from += CHUNK) {
        renew();
        file.write(source.read(from, Math.min(CHUNK, source.size() - from)));
      }
      if (sealed) {
        file.seal();
      } else {
        file.finish();
      }
      put(name, file.payload());
    }
  }

  private boolean isThere(String name, long bytes) {
    Optional<ObjectInfo> info = target.head(name);
    return info.isPresent() && info.get().size() == bytes;
  }

  private void put(String name, Payload payload) {
    renew();
    Puts.certain(name, () -> putAndRenew(name, payload));
    copied++;
    copiedBytes += payload.size();
    progress.accept(copiedBytes);
  }

  /**
   * Puts an object and renews the copy meanwhile, because a large object may be on its way for
   * longer than a grace.
   */
  private PutResult.Outcome putAndRenew(String name, Payload payload) {
    FutureTask<PutResult.Outcome> put =
        new FutureTask<>(() -> target.put(name, payload, PutMode.OVERWRITE).outcome());
    Thread.ofVirtual().start(put);
    while (true) {
      try {
        return put.get(renewal().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        renew();
      } catch (ExecutionException e) {
        throw Parallel.asUnchecked(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ElacsymException(ErrorKind.UNAVAILABLE, "the backup was interrupted", e);
      }
    }
  }

  private void commit(Manifest source) {
    Manifest before = copy().content();
    Life life =
        new Life(
            before.incarnation(),
            Life.Stage.ACTIVE,
            source.life().createdAt(),
            Optional.of(origin(source, source.version())));
    Manifest copied =
        new Manifest(
            life,
            new Commit(
                source.version(),
                context.seams().ids().get(),
                source.commit().at(),
                Optional.empty(),
                false),
            source.epoch(),
            source.writer(),
            source.walBegin(),
            source.walFloor(),
            walLast,
            source.version(),
            source.content().renamed(ObjectNames::below),
            List.of(),
            List.of());
    // What earlier backups have left that this one does not use; readers of them get a grace.
    Instant now = context.now();
    List<Garbage> garbage = copied.withGarbage(before.garbage()).unusedSince(before, now);
    Instant limit = now.minus(context.settings().reaperGrace());
    List<Garbage> due = garbage.stream().filter(item -> item.droppedAt().isBefore(limit)).toList();
    List<Garbage> rest = garbage.stream().filter(item -> !due.contains(item)).toList();
    target.delete(due.stream().map(item -> targetName + "/" + item.name()).toList());
    Manifest committed = copied.withGarbage(rest);
    copy = place.manifest().replace(copy(), committed).orElseThrow(this::lost);
    place.wal(committed).deleteBelow(source.walFirst());
  }
}
