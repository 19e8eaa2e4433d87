package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Reads ranges of objects together with the tag that the bytes belong to. */
final class ObjectReads {
  // The longest array that every common VM allocates: some refuse the last few lengths.
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  // Reading into an array makes the JDK keep a direct buffer of the same size for each thread.
  // Reading in pieces bounds these buffers.
  private static final int PIECE = 1 << 20;

  private ObjectReads() {}

  static Optional<StoredObject> read(Layout layout, String name, ByteRange range)
      throws IOException {
    Optional<Layout.Found> found = layout.find(name);
    while (found.isPresent()) {
      Path file = found.get().file();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        // Java cannot ask an open file for its times. But tags never repeat: the same tag
        // before and after opening means that this is what was opened, and files never change.
        Optional<BasicFileAttributes> now = FileFacts.of(file);
        if (now.isPresent() && sameTag(found.get().attributes(), now.get())) {
          byte[] bytes = bytes(name, channel, range.within(now.get().size()));
          return Optional.of(new StoredObject(FileFacts.info(name, now.get()), bytes));
        }
      } catch (NoSuchFileException e) {
        // The object was deleted, and perhaps written anew, since it was found: look again.
      }
      found = layout.find(name);
    }
    return Optional.empty();
  }

  private static boolean sameTag(BasicFileAttributes a, BasicFileAttributes b) {
    return a.size() == b.size() && a.lastModifiedTime().equals(b.lastModifiedTime());
  }

  private static byte[] bytes(String name, FileChannel channel, ByteRange range)
      throws IOException {
    if (range.length() > MAX_ARRAY) {
      throw ElacsymException.invalid(
          "range of object '"
              + name
              + "' has "
              + range.length()
              + " bytes, expected at most "
              + MAX_ARRAY
              + "; read it in several ranges");
    }
    byte[] bytes = new byte[(int) range.length()];
    int done = 0;
    while (done < bytes.length) {
      ByteBuffer piece = ByteBuffer.wrap(bytes, done, Math.min(PIECE, bytes.length - done));
      int read = channel.read(piece, range.offset() + done);
      if (read < 0) {
        throw new EOFException("the file ends after " + (range.offset() + done) + " bytes");
      }
      done += read;
    }
    return bytes;
  }
}
