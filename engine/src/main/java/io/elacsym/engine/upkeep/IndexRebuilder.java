package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.writer.LostIndexes.Lost;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Builds lost indexes anew, in the background, as soon as somebody finds them lost. */
public final class IndexRebuilder {
  private static final System.Logger LOG = System.getLogger(IndexRebuilder.class.getName());

  private final NamespaceContext context;
  private final Writer writer;
  private final IndexReplacer replacer;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Set<String> everLost = ConcurrentHashMap.newKeySet();

  public IndexRebuilder(NamespaceContext context, Writer writer, IndexReplacer replacer) {
    this.context = context;
    this.writer = writer;
    this.replacer = replacer;
  }

  /** Starts to rebuild what readers have found lost. */
  public void startLost() {
    writer.follower().lostIndexes().take().forEach(this::start);
  }

  /** Starts to rebuild one in the background, unless that is under way. */
  public void start(Lost found) {
    IndexEntry lost = found.index();
    if (everLost.add(lost.blob().name())) {
      context.counters().lostIndex();
    }
    if (!replacer.isReplacing(lost) && begun.add(lost.blob().name())) {
      context
          .seams()
          .tasks()
          .start(
              "elacsym-rebuild-" + context.name(),
              () -> {
                try {
                  context.turns().run("rebuild", () -> rebuild(found.segmentId(), lost));
                } catch (ElacsymException e) {
                  LOG.log(
                      Level.WARNING,
                      "namespace {0}: could not rebuild {1}, the next query tries again: {2}",
                      context.name(),
                      lost.blob().name(),
                      e.forOperators());
                } finally {
                  begun.remove(lost.blob().name());
                }
              });
    }
  }

  private void rebuild(String segmentId, IndexEntry lost) {
    if (replacer.replace(segmentId, List.of(lost), context.plugins().newIndexes()) > 0) {
      LOG.log(
          Level.INFO,
          "namespace {0}: rebuilt the {1} index of {2} in segment {3}",
          context.name(),
          lost.kind().id(),
          lost.field(),
          segmentId);
    }
  }
}
