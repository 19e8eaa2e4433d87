package io.elacsym.index.bm25;

import static io.elacsym.index.bm25.BlobLayout.PAGE;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.index.bm25.BlobLayout.Footer;
import io.elacsym.index.bm25.BlobLayout.Window;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The bytes of one blob, fetched in few waves, checked, and kept as the host handed them out,
 * without a copy. Safe for use by many threads: a page that two of them miss is read twice.
 */
final class BlobBytes {
  /** When bytes are fetched. */
  record Plan(long wholeBelow, long tail) {
    static final Plan DEFAULT = new Plan(16L << 20, 256L << 10);
  }

  private final BlobSource source;
  private final BlobLayout layout;

  /** The hot part, or the whole blob. */
  private final Window hot;

  private final long hotOffset;
  private final AtomicReferenceArray<Window> pages;

  private BlobBytes(BlobSource source, BlobLayout layout, Window hot, long hotOffset) {
    this.source = source;
    this.layout = layout;
    this.hot = hot;
    this.hotOffset = hotOffset;
    this.pages = new AtomicReferenceArray<>(layout.pageChecksums().length);
  }

  static BlobBytes open(BlobSource source, Plan plan) {
    long size = source.size();
    long first = size <= plan.wholeBelow ? 0 : size - Math.min(size, plan.tail);
    Window read = new Window(first, source.read(first, size - first));
    Footer footer = Footer.decode(read.bytes(), size);
    if (footer.hotOffset() < first) {
      read = prepend(source.read(footer.hotOffset(), first - footer.hotOffset()), read);
    }
    MemorySegment hotPart =
        read.bytes()
            .asSlice(
                footer.hotOffset() - read.start(),
                size - BlobLayout.FOOTER_LENGTH - footer.hotOffset());
    BlobLayout.check(
        BlobLayout.checksum(hotPart) == footer.hotChecksum(), "the checksum of its end differs");
    BlobLayout layout =
        BlobLayout.decode(
            hotPart.asSlice(footer.directoryOffset() - footer.hotOffset()),
            footer.directoryOffset());
    BlobLayout.check(
        layout.pageChecksums().length == (footer.hotOffset() + PAGE - 1) / PAGE,
        "it has checksums of " + layout.pageChecksums().length + " pages");
    BlobBytes bytes = new BlobBytes(source, layout, read, footer.hotOffset());
    if (first == 0) {
      for (int page = 0; page < layout.pageChecksums().length; page++) {
        ByteRange range = bytes.pageRange(page);
        bytes.verify(page, read.bytes().asSlice(range.offset(), range.length()));
      }
    }
    return bytes;
  }

  private static Window prepend(MemorySegment before, Window window) {
    byte[] both = new byte[Math.toIntExact(before.byteSize() + window.bytes().byteSize())];
    MemorySegment target = MemorySegment.ofArray(both);
    target.copyFrom(before);
    target.asSlice(before.byteSize()).copyFrom(window.bytes());
    return new Window(window.start() - before.byteSize(), target);
  }

  BlobLayout layout() {
    return layout;
  }

  /** Some bytes that include the one at {@code position}; reads them if need be. */
  Window at(long position) {
    if (hot.contains(position)) {
      return hot;
    }
    int page = (int) (position / PAGE);
    Window kept = pages.get(page);
    if (kept != null) {
      return kept;
    }
    for (Window edge : layout.edges()) {
      if (edge.contains(position)) {
        return edge;
      }
    }
    ByteRange range = pageRange(page);
    MemorySegment bytes = source.read(range.offset(), range.length());
    verify(page, bytes);
    Window window = new Window(range.offset(), bytes);
    pages.set(page, window);
    return window;
  }

  /** Tells the host which bytes will be asked for. */
  void prefetch(long offset, long length) {
    long end = Math.min(offset + length, hotOffset);
    if (hot.start() == 0 || length <= 0 || offset >= end) {
      return;
    }
    List<ByteRange> missing = new ArrayList<>();
    for (int page = (int) (offset / PAGE); page <= (end - 1) / PAGE; page++) {
      if (pages.get(page) == null) {
        missing.add(pageRange(page));
      }
    }
    if (!missing.isEmpty()) {
      source.prefetch(missing);
    }
  }

  private ByteRange pageRange(int page) {
    long start = (long) page * PAGE;
    return new ByteRange(start, Math.min(PAGE, hotOffset - start));
  }

  private void verify(int page, MemorySegment bytes) {
    BlobLayout.check(
        BlobLayout.checksum(bytes) == layout.pageChecksums()[page],
        "the checksum of page " + page + " differs");
  }
}
