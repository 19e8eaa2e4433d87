package io.elacsym.engine.past;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.blob.Checksums;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Invariants;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Finding;
import io.elacsym.engine.model.Finding.Severity;
import io.elacsym.engine.model.VerifyReport;
import io.elacsym.engine.segment.Envelope;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads everything a namespace has on storage and checks every checksum and invariant. Works from
 * the objects alone, so that it can also say what is wrong with a namespace that does not open. For
 * one call at a time.
 */
public final class Verifier {
  /** A server that runs may commit between a look at the manifest and one at the WAL. */
  private static final int LOOKS = 5;

  private static final int CHUNK = 128 * Checksums.BLOCK;

  private final NamespaceContext context;
  private final LongConsumer progress;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<DocId> alive = new HashSet<>();
  private long objects;
  private long bytes;

  public Verifier(NamespaceContext context, LongConsumer progress) {
    this.context = context;
    this.progress = progress;
  }

  public VerifyReport verify() {
    look()
        .ifPresent(seen -> {
          Manifest content = seen.manifest();
          if (!Invariants.holds(content)) {
            damage("manifest.json", "its segments contradict each other");
          }
          for (SegmentEntry segment : content.segments()) {
            verify(segment, content);
          }
          replay(seen);
          findings.addAll(seen.findings());
          verifyHistory(content);
          for (String object : Unaccounted.list(context, content)) {
            findings.add(
                new Finding(
                    Severity.NOTICE,
                    object,
                    "nothing names it: it is being written now, or is deleted after the grace"));
          }
        });
    return new VerifyReport(objects, bytes, alive.size(), findings);
  }

  /**
   * A manifest and the WAL behind it.
   *
   * @param findings what they say of each other
   */
  private record Seen(Manifest manifest, List<Found<WalEntry>> wal, List<Finding> findings) {}

  /**
   * Looks at both at once: a server that runs may flush, and delete from the WAL a grace later,
   * while segments are read.
   */
  private Optional<Seen> look() {
    objects++;
    return Damage.orElse(
        () -> Optional.of(lookUntilStill()),
        damage -> {
          damage("manifest.json", String.valueOf(damage.getMessage()));
          return Optional.empty();
        });
  }

  private Seen lookUntilStill() {
    for (int look = 1; ; look++) {
      Tagged<Manifest> found = context.manifest().readActive();
      Manifest manifest = found.content();
      List<Found<WalEntry>> wal = context.wal(manifest).readFrom(manifest.walFirst());
      List<Finding> about = new WalCheck(context, manifest).check(wal);
      if (about.isEmpty()
          || look == LOOKS
          || context.manifest().readIfChanged(found.tag()).isEmpty()) {
        return new Seen(manifest, wal, about);
      }
    }
  }

  private void verify(SegmentEntry segment, Manifest manifest) {
    for (IndexEntry index : segment.indexes()) {
      checkIndex(index.blob(), () -> readAll(sealed(index.blob())));
    }
    segment
        .tombstones()
        .ifPresent(
            tombstones -> check(tombstones.blob(), () -> readAll(sealed(tombstones.blob()))));
    boolean readable =
        check(
                segment.envelope(),
                () -> {
                  BlobSource source = sealed(segment.envelope());
                  readAll(source);
                  Envelope.read(context.object(segment.envelope().name()), source);
                })
            && check(
                segment.data(),
                () -> {
                  Envelope envelope =
                      Envelope.read(
                          context.object(segment.envelope().name()), sealed(segment.envelope()));
                  readAll(
                      context
                          .blobs()
                          .openUncached(
                              context.object(segment.data().name()), envelope.checksums()));
                });
    if (readable) {
      check(segment.data(), () -> verifyContent(segment, manifest));
    }
  }

  private BlobSource sealed(BlobRef blob) {
    return context.blobs().openSealedUncached(context.object(blob.name()), blob.bytes());
  }

  private void readAll(BlobSource source) {
    objects++;
    for (long from = 0; from < source.size(); from += CHUNK) {
      long length = Math.min(CHUNK, source.size() - from);
      source.read(from, length);
      bytes += length;
      progress.accept(bytes);
    }
  }

  /** Opens the segment with all its indexes and checks that ids are alive once. */
  private void verifyContent(SegmentEntry segment, Manifest manifest) {
    List<IndexEntry> lost = new ArrayList<>();
    OpenSegment opened =
        OpenSegment.open(
            context.plugins(),
            context.blobs(),
            context.documents(),
            context.name(),
            segment,
            manifest.schema(),
            Needs.NOTHING,
            lost::add);
    try {
      opened.openAll();
      for (IndexEntry index : lost) {
        lostIndex(index.blob(), "it cannot be opened");
      }
      RowSet live = opened.storedLive();
      for (int row = live.next(0); row >= 0; row = live.next(row + 1)) {
        if (!alive.add(opened.id(row))) {
          damage(segment.data().name(), "document " + opened.id(row) + " is alive in two segments");
        }
      }
    } finally {
      opened.release();
    }
  }

  /** Counts what is not in segments yet. */
  private void replay(Seen seen) {
    long epoch = 0;
    for (Found<WalEntry> found : seen.wal()) {
      objects++;
      bytes += found.bytes();
      progress.accept(bytes);
      Optional<WalEntry> entry = found.entry();
      if (found.number() < seen.manifest().walFloor()
          || entry.isEmpty()
          || WalCheck.isDead(entry.get(), seen.manifest(), epoch)) {
        continue;
      }
      epoch = entry.get().epoch();
      for (WalEntry.Change change : entry.get().changes()) {
        if (change instanceof WalEntry.Change.Put) {
          alive.add(change.id());
        } else {
          alive.remove(change.id());
        }
      }
    }
  }

  private void verifyHistory(Manifest manifest) {
    List<Long> versions = context.history(manifest).versions(manifest.historyFrom());
    if (!versions.isEmpty() && versions.getLast() > manifest.version()) {
      verifyIsNewest(versions.getLast());
    }
    for (long version : versions) {
      objects++;
      Damage.orElse(
          () -> context.history(manifest).read(version),
          damage -> {
            findings.add(
                new Finding(
                    Severity.DAMAGE,
                    context.history(manifest).name(version),
                    String.valueOf(damage.getMessage())));
            return Optional.empty();
          });
    }
  }

  /** Only what was committed is copied, so no copy is newer than the manifest. */
  private void verifyIsNewest(long copied) {
    long now = context.manifest().readActive().content().version();
    if (now < copied) {
      damage(
          "manifest.json",
          "it is version "
              + now
              + ", but version "
              + copied
              + " was committed: somebody has put an older one in its place, and what was committed"
              + " since is not in it");
    }
  }

  /** Runs a check of one object; damage becomes a finding. */
  private boolean check(BlobRef blob, Runnable check) {
    return Damage.orElse(
        () -> {
          check.run();
          return true;
        },
        damage -> {
          damage(blob.name(), String.valueOf(damage.getMessage()));
          return false;
        });
  }

  /** As {@link #check}: an index can be built again, so nothing is lost with it. */
  private void checkIndex(BlobRef blob, Runnable check) {
    Damage.orElse(
        () -> {
          check.run();
          return true;
        },
        damage -> {
          lostIndex(blob, "it is missing or damaged");
          return false;
        });
  }

  private void lostIndex(BlobRef blob, String why) {
    String object = context.object(blob.name());
    if (findings.stream().noneMatch(finding -> finding.object().equals(object))) {
      findings.add(
          new Finding(
              Severity.NOTICE,
              object,
              why
                  + "; nothing is lost: queries read the documents instead, and it is built again"
                  + " as soon as the namespace is open"));
    }
  }

  private void damage(String object, String message) {
    findings.add(new Finding(Severity.DAMAGE, context.object(object), message));
  }
}
