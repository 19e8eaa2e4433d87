package io.elacsym.index.bm25.blob.v2;

import io.elacsym.api.blob.ByteRange;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.store.BaseDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NoLockFactory;

/** The files of a blob as a directory that can only be read. Safe for use by many threads. */
final class BlobDirectory extends BaseDirectory {
  private final BlobBytes blob;

  BlobDirectory(BlobBytes blob) {
    super(NoLockFactory.INSTANCE);
    this.blob = blob;
  }

  @Override
  public BlobInput openInput(String name, IOContext context) throws NoSuchFileException {
    ByteRange range = range(name);
    return new BlobInput(name, blob, range.offset(), range.length());
  }

  @Override
  public long fileLength(String name) throws NoSuchFileException {
    return range(name).length();
  }

  private ByteRange range(String name) throws NoSuchFileException {
    ByteRange range = files().get(name);
    if (range == null) {
      throw new NoSuchFileException(name);
    }
    return range;
  }

  private Map<String, ByteRange> files() {
    return blob.layout().files();
  }

  @Override
  public String[] listAll() {
    return files().keySet().stream().sorted().toArray(String[]::new);
  }

  @Override
  public Set<String> getPendingDeletions() {
    return Set.of();
  }

  @Override
  public void close() {}

  @Override
  public void deleteFile(String name) {
    throw readOnly();
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) {
    throw readOnly();
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) {
    throw readOnly();
  }

  @Override
  public void sync(Collection<String> names) {
    throw readOnly();
  }

  @Override
  public void syncMetaData() {
    throw readOnly();
  }

  @Override
  public void rename(String source, String target) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("an index blob is never changed");
  }
}
