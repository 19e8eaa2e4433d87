package io.elacsym.index.bm25.blob.v2;

import static io.elacsym.index.bm25.blob.v2.BlobLayout.PAGE;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.index.bm25.blob.v2.BlobLayout.Footer;
import io.elacsym.index.bm25.blob.v2.BlobLayout.Window;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The bytes of one blob, fetched in few waves, checked, and kept as the host handed them out. Only
 * a hot part that is longer than the first read is copied, because it comes in two pieces. Safe for
 * use by many threads: a page that two of them miss is read twice.
 */
public final class BlobBytes {
  /**
   * What is fetched when a blob is opened.
   *
   * @param wholeBelow a blob of at most so many bytes is read at once
   * @param tail how many bytes of a larger one are read first, in the hope that its hot part is
   *     there
   */
  public record Plan(long wholeBelow, long tail) {
    public static final Plan DEFAULT = new Plan(4L << 20, 256L << 10);
  }

  private final BlobSource source;
  private final BlobLayout layout;

  /** The hot part, or the whole blob. */
  private final Window hot;

  private final long hotOffset;
  private final AtomicReferenceArray<Window> pages;
  private final AtomicInteger loadedPages = new AtomicInteger();

  /** Pages noted by {@link #prefetch}. */
  private final Queue<Integer> wanted = new ConcurrentLinkedQueue<>();

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
    Window read = new Window(first, read(source, first, size - first));
    Footer footer = Footer.decode(read.bytes(), size);
    if (footer.hotOffset() < first) {
      read = prepend(read(source, footer.hotOffset(), first - footer.hotOffset()), read);
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
    // Bytes before the hot part are looked at only as pages, whose checksums were compared.
    Window hot =
        first == 0
            ? read
            : new Window(
                footer.hotOffset(), read.bytes().asSlice(footer.hotOffset() - read.start()));
    BlobBytes bytes = new BlobBytes(source, layout, hot, footer.hotOffset());
    for (int page = (int) ((read.start() + PAGE - 1) / PAGE);
        page < layout.pageChecksums().length;
        page++) {
      ByteRange range = bytes.pageRange(page);
      bytes.keep(page, read.bytes().asSlice(range.offset() - read.start(), range.length()));
    }
    return bytes;
  }

  /**
   * Reads bytes that this object keeps; so the host is told that it need not keep them in its
   * cache.
   */
  private static MemorySegment read(BlobSource source, long offset, long length) {
    return source.readOnce(List.of(new ByteRange(offset, length))).getFirst();
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
    wanted.add(page);
    load();
    Window loaded = pages.get(page);
    if (loaded == null) {
      // Another thread has taken this page from the queue and is still reading it. Reading the page
      // twice is simpler than waiting.
      ByteRange range = pageRange(page);
      keep(page, read(source, range.offset(), range.length()));
      loaded = Objects.requireNonNull(pages.get(page));
    }
    return loaded;
  }

  /** Whether there is nothing left to fetch. */
  boolean isComplete() {
    return loadedPages.get() >= pages.length();
  }

  /** Notes bytes that will be asked for: they are read together with the next ones that must be. */
  void prefetch(long offset, long length) {
    long end = Math.min(offset + length, hotOffset);
    for (long at = offset; at < end && !isComplete(); at = (at / PAGE + 1) * PAGE) {
      int page = (int) (at / PAGE);
      if (pages.get(page) == null) {
        wanted.add(page);
      }
    }
  }

  /** Reads all noted pages that are missing, in one wave. */
  void load() {
    TreeSet<Integer> missing = new TreeSet<>();
    for (Integer page = wanted.poll(); page != null; page = wanted.poll()) {
      if (pages.get(page) == null) {
        missing.add(page);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    Iterator<MemorySegment> read =
        source.readOnce(missing.stream().map(this::pageRange).toList()).iterator();
    missing.forEach(page -> keep(page, read.next()));
  }

  private ByteRange pageRange(int page) {
    long start = (long) page * PAGE;
    return new ByteRange(start, Math.min(PAGE, hotOffset - start));
  }

  /** Checks and keeps consecutive pages. */
  private void keep(int firstPage, MemorySegment bytes) {
    int page = firstPage;
    for (long at = 0; at < bytes.byteSize(); at += PAGE) {
      MemorySegment pageBytes = bytes.asSlice(at, Math.min(PAGE, bytes.byteSize() - at));
      verify(page, pageBytes);
      if (pages.compareAndSet(page, null, new Window((long) page * PAGE, pageBytes))) {
        loadedPages.incrementAndGet();
      }
      page++;
    }
  }

  private void verify(int page, MemorySegment bytes) {
    BlobLayout.check(
        BlobLayout.checksum(bytes) == layout.pageChecksums()[page],
        "the checksum of page " + page + " differs");
  }
}
