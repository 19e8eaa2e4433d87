package io.elacsym.storage.bucket.client;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object, or the asked part of it, as an answer brought it. */
public record Fetched(Facts facts, byte[] bytes) {
  private static final int PARTIAL_CONTENT = 206;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");

  /**
   * Reads an answer to its end.
   *
   * <p>A whole object is no answer to a range: a store that ignores ranges would make each block
   * cost a whole segment, without anybody being told.
   *
   * @param asked what was asked for
   * @throws CallFailure.TooLarge when there are more bytes than an array holds; none is read
   * @throws IOException when the answer is not exactly what was asked for, or ends early
   */
  public static Fetched read(AnswerHead head, InputStream body, ByteRange asked)
      throws IOException {
    boolean whole = asked.equals(ByteRange.ALL);
    if (whole == (head.status() == PARTIAL_CONTENT)) {
      throw new IOException(
          (whole ? "all of an object" : asked + " of an object")
              + " was asked for, and the answer has status "
              + head.status());
    }
    long size = whole ? head.length() : sizeOfWhole(head, asked);
    Facts facts = Facts.of(size, head.tag(), head.lastModified());
    long expected = asked.within(size).length();
    if (head.length() >= 0 && head.length() != expected) {
      throw new IOException("an answer has " + head.length() + " bytes, expected " + expected);
    }
    if (expected > LONGEST_ARRAY) {
      throw new CallFailure.TooLarge(expected, LONGEST_ARRAY);
    }
    return new Fetched(facts, bytes(body, (int) expected));
  }

  private static long sizeOfWhole(AnswerHead head, ByteRange asked) throws IOException {
    String given = head.contentRange().orElse("");
    Matcher range = CONTENT_RANGE.matcher(given);
    if (!range.matches() || Long.parseLong(range.group(1)) != asked.offset()) {
      throw new IOException("Content-Range is '" + given + "', asked for was " + asked);
    }
    return Long.parseLong(range.group(2));
  }

  private static byte[] bytes(InputStream body, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = body.readNBytes(bytes, 0, bytes.length);
    if (read < bytes.length) {
      throw new EOFException("an answer ended after " + read + " of " + length + " bytes");
    }
    // Clients compare checksums when they meet the end of the stream, so it must be read.
    if (body.read() >= 0) {
      throw new IOException("an answer has more than " + length + " bytes");
    }
    return bytes;
  }

  public StoredObject named(String name) {
    return new StoredObject(facts.named(name), bytes);
  }
}
