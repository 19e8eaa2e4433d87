package io.elacsym.examples.dictionary;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file that keeps computed embeddings, so that no text is embedded twice.
 *
 * <p>The file only ever grows. All numbers are big-endian.
 *
 * <pre>
 * header  32 bytes   "ELDC" | int format version = 1 | int dimensions | 20 bytes of the SHA-256
 *                    of the model's name
 * record             long document id | long hash of the text | dimensions x float32 | int CRC-32C
 *                    of all the record's bytes before it
 * record  ...
 * </pre>
 *
 * <p>The hash of a text is the first eight bytes of the SHA-256 of its UTF-8 form. When a document
 * occurs twice, the later record counts. A run that was killed may leave part of a record at the
 * end: the next run cuts it off and goes on from there. A record whose checksum is wrong is
 * ignored, and its text is embedded anew. A file of another model, dimension or version is refused,
 * never overwritten.
 *
 * <p>One process at a time: the file is locked while it is open. Methods may be called from any
 * thread.
 */
final class EmbeddingCache implements Closeable {

  private static final byte[] MAGIC = "ELDC".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT_VERSION = 1;
  private static final int MODEL_HASH_BYTES = 20;
  private static final int HEADER_BYTES = 4 + 4 + 4 + MODEL_HASH_BYTES;
  private static final int RECORDS_PER_READ = 1024;

  private record Stored(long textHash, float[] vector) {}

  private final Path file;
  private final FileChannel channel;
  private final int dimensions;
  private final Map<Long, Stored> entries = new HashMap<>();
  private final ByteBuffer record;
  private int damaged;

  private EmbeddingCache(Path file, FileChannel channel, int dimensions) {
    this.file = file;
    this.channel = channel;
    this.dimensions = dimensions;
    this.record = ByteBuffer.allocate(recordBytes(dimensions));
  }

  /**
   * Opens {@code file}, creating it and its directory when absent.
   *
   * @param model the name of the model whose embeddings are kept
   * @param dimensions the length of its vectors
   * @throws IOException if the file belongs to another model, is in use, or cannot be read
   */
  static EmbeddingCache open(Path file, String model, int dimensions) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      EmbeddingCache cache = new EmbeddingCache(file, channel, dimensions);
      cache.readOrWriteHeader(header(model, dimensions));
      cache.readRecords();
      return cache;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      @SuppressWarnings("unused") // held until the channel is closed
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another cache of this very process: the same answer as for another process.
    }
    throw new IOException(
        "embedding cache " + file + ": another run is using it; wait for it, or pass --cache DIR");
  }

  private static ByteBuffer header(String model, int dimensions) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .put(MAGIC)
        .putInt(FORMAT_VERSION)
        .putInt(dimensions)
        .put(sha256(model), 0, MODEL_HASH_BYTES)
        .flip();
  }

  private void readOrWriteHeader(ByteBuffer expected) throws IOException {
    if (channel.size() < HEADER_BYTES) {
      // Also the case of a run killed while it wrote the header: no record can follow yet.
      channel.truncate(0);
      writeFully(expected, 0);
      return;
    }
    ByteBuffer found = ByteBuffer.allocate(HEADER_BYTES);
    readFully(found, 0);
    if (!found.flip().equals(expected)) {
      throw new IOException(
          "embedding cache "
              + file
              + ": not a cache of this model, dimension and format version; remove the file or pass"
              + " --cache DIR");
    }
  }

  private void readRecords() throws IOException {
    int recordBytes = recordBytes(dimensions);
    long records = (channel.size() - HEADER_BYTES) / recordBytes;
    ByteBuffer chunk = ByteBuffer.allocate(RECORDS_PER_READ * recordBytes);
    for (long next = 0; next < records; next += RECORDS_PER_READ) {
      int count = (int) Math.min(RECORDS_PER_READ, records - next);
      chunk.clear().limit(count * recordBytes);
      readFully(chunk, HEADER_BYTES + next * recordBytes);
      for (int i = 0; i < count; i++) {
        take(chunk.slice(i * recordBytes, recordBytes));
      }
    }
    channel.truncate(HEADER_BYTES + records * recordBytes);
  }

  private void take(ByteBuffer bytes) {
    int body = bytes.limit() - Integer.BYTES;
    if (checksum(bytes.slice(0, body)) != bytes.getInt(body)) {
      damaged++;
      return;
    }
    float[] vector = new float[dimensions];
    bytes.slice(2 * Long.BYTES, dimensions * Float.BYTES).asFloatBuffer().get(vector);
    entries.put(bytes.getLong(0), new Stored(bytes.getLong(Long.BYTES), vector));
  }

  /** The embedding kept for this document, if it was computed from this very text. */
  synchronized Optional<float[]> get(long id, String text) {
    Stored stored = entries.get(id);
    return stored != null && stored.textHash() == textHash(text)
        ? Optional.of(stored.vector().clone())
        : Optional.empty();
  }

  /** Appends one embedding; once this returns, a killed process no longer loses it. */
  synchronized void put(long id, String text, float[] vector) throws IOException {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(
          "vector of document " + id + ": length " + vector.length + ", expected " + dimensions);
    }
    Stored stored = new Stored(textHash(text), vector.clone());
    record.clear().putLong(id).putLong(stored.textHash());
    record.asFloatBuffer().put(vector);
    record.position(record.position() + dimensions * Float.BYTES);
    record.putInt(checksum(record.duplicate().flip())).flip();
    writeFully(record, channel.size());
    entries.put(id, stored);
  }

  /** How many documents have an embedding here. */
  synchronized int size() {
    return entries.size();
  }

  /** How many records were ignored at opening because their checksum was wrong. */
  int damaged() {
    return damaged;
  }

  /** The size of the file in bytes. */
  long bytes() throws IOException {
    return channel.size();
  }

  @Override
  public synchronized void close() throws IOException {
    try (channel) {
      channel.force(true);
    }
  }

  private void readFully(ByteBuffer target, long position) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int read = channel.read(target, at);
      if (read < 0) {
        throw new IOException("embedding cache " + file + ": it shrank while it was read");
      }
      at += read;
    }
  }

  private void writeFully(ByteBuffer source, long position) throws IOException {
    long at = position;
    while (source.hasRemaining()) {
      at += channel.write(source, at);
    }
  }

  static int recordBytes(int dimensions) {
    return 2 * Long.BYTES + dimensions * Float.BYTES + Integer.BYTES;
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static long textHash(String text) {
    return ByteBuffer.wrap(Arrays.copyOf(sha256(text), Long.BYTES)).getLong();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
