package io.elacsym.engine.wal;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import java.util.List;

/**
 * One object of the WAL.
 *
 * @param sequence its number, from 1
 * @param epoch of its writer
 * @param incarnation of the namespace it belongs to
 * @param commitId unique to the attempt that wrote it
 * @param changes in order; none in a fence, the entry with which a writer takes over
 */
public record WalEntry(
    long sequence, long epoch, String incarnation, String commitId, List<Change> changes) {

  /** A resolved change: whole documents and ids, so that replaying needs no reading. */
  public sealed interface Change {
    DocId id();

    /** The document as it is from now on. */
    record Put(Document document) implements Change {
      @Override
      public DocId id() {
        return document.id();
      }
    }

    /** The document is gone from now on. */
    record Remove(DocId id) implements Change {}
  }

  public WalEntry {
    changes = List.copyOf(changes);
  }
}
