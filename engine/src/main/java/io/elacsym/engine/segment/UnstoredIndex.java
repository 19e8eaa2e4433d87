package io.elacsym.engine.segment;

import io.elacsym.api.Encoding;
import io.elacsym.engine.blob.BlobFile;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import java.util.Optional;

/**
 * An index that is built and lies in a temporary file. To build it takes long, and whoever does so
 * need not be the writer yet; to store it is the beginning of a commit. For one thread.
 */
public final class UnstoredIndex implements AutoCloseable {
  private final BlobStore blobs;
  private final String namespace;
  private final About about;
  private final BlobFile file;

  /**
   * What an index is of, and how it was built.
   *
   * @param segment id of the segment
   * @param number of the field, see {@link SegmentNames#index}
   */
  record About(
      String segment,
      String field,
      int number,
      IndexKind kind,
      Encoding encoding,
      Optional<Recipe> recipe) {}

  /**
   * @param file sealed; this closes it
   */
  UnstoredIndex(BlobStore blobs, String namespace, About about, BlobFile file) {
    this.blobs = blobs;
    this.namespace = namespace;
    this.about = about;
    this.file = file;
  }

  /**
   * Stores it under a name of its own.
   *
   * @param attempt never used before for this index; empty for the first index of a new segment
   */
  public IndexEntry store(String attempt) {
    String name =
        SegmentNames.index(about.segment(), about.number(), attempt, about.encoding().name());
    long bytes = blobs.put(ObjectNames.absolute(namespace, name), file);
    return new IndexEntry(
        about.field(), about.kind(), about.encoding(), about.recipe(), new BlobRef(name, bytes));
  }

  @Override
  public void close() {
    file.close();
  }
}
