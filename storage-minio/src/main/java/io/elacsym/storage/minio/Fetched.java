package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** An object, or the asked part of it, as an answer brought it. */
@SuppressWarnings("ArrayRecordComponent") // a carrier of freshly read bytes, never compared
record Fetched(Facts facts, byte[] bytes) {
  private static final int PARTIAL_CONTENT = 206;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");

  /**
   * Reads an answer to its end.
   *
   * @throws IOException when the answer is not exactly what was asked for, or ends early
   */
  static Fetched read(String key, Response response, ByteRange asked) throws IOException {
    boolean whole = asked.equals(ByteRange.ALL);
    if (whole == (response.code() == PARTIAL_CONTENT)) {
      throw new IOException(
          (whole ? "all of an object" : asked + " of an object")
              + " was asked for, and the answer has status "
              + response.code());
    }
    long length = response.body().contentLength();
    long size = whole ? length : sizeOfWhole(response, asked);
    Facts facts = Facts.of(response.headers(), size);
    long expected = asked.within(size).length();
    if (length >= 0 && length != expected) {
      throw new IOException("an answer has " + length + " bytes, expected " + expected);
    }
    if (expected > LONGEST_ARRAY) {
      throw ElacsymException.withDetail(
          ErrorKind.TOO_LARGE,
          expected + " bytes of an object do not fit into one array; read it in smaller ranges",
          "object '" + key + "'",
          new IOException(expected + " bytes of '" + key + "'"));
    }
    byte[] bytes = bytes(response, (int) expected);
    if (whole) {
      StoredChecksum.check(response.headers(), bytes);
    }
    return new Fetched(facts, bytes);
  }

  private static long sizeOfWhole(Response response, ByteRange asked) throws IOException {
    String given = response.header("Content-Range", "");
    Matcher range = CONTENT_RANGE.matcher(given);
    if (!range.matches() || Long.parseLong(range.group(1)) != asked.offset()) {
      throw new IOException("Content-Range is '" + given + "', asked for was " + asked);
    }
    return Long.parseLong(range.group(2));
  }

  private static byte[] bytes(Response response, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = response.body().byteStream().readNBytes(bytes, 0, bytes.length);
    if (read < bytes.length) {
      throw new EOFException("an answer ended after " + read + " of " + length + " bytes");
    }
    return bytes;
  }

  StoredObject named(String name) {
    return new StoredObject(facts.named(name), bytes);
  }
}
