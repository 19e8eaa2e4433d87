package io.elacsym.storage.bucket.client;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one request carries: a payload, or a part of it. A client takes it as a stream, or as an
 * array if it cannot do otherwise.
 *
 * <p>A payload that cannot be read, or does not have its size, is no fault of the storage, and is
 * not worded as one. The store cannot have the object then, because it knows how many bytes were to
 * come.
 *
 * <p>For one sending at a time; whoever made it closes it when there will be no other.
 */
public final class Body implements AutoCloseable {
  private final String name;
  private final Payload payload;
  private final long offset;
  private final long length;
  private final List<InputStream> opened = new CopyOnWriteArrayList<>();
  private final AtomicReference<ElacsymException> failure = new AtomicReference<>();
  private Optional<byte[]> bytes = Optional.empty();

  private Body(String name, Payload payload, long offset, long length) {
    this.name = name;
    this.payload = payload;
    this.offset = offset;
    this.length = length;
  }

  /**
   * A whole payload.
   *
   * @param name of the object, for messages
   */
  public static Body of(String name, Payload payload) {
    return new Body(name, payload, 0, payload.size());
  }

  /** The bytes from an offset on. */
  public static Body part(String name, Payload payload, long offset, long length) {
    return new Body(name, payload, offset, length);
  }

  public long length() {
    return length;
  }

  /**
   * The bytes in memory, read once however often the request is sent.
   *
   * @throws ElacsymException when the payload cannot be read
   */
  public byte[] bytes() {
    if (bytes.isEmpty()) {
      byte[] read = new byte[Math.toIntExact(length)];
      try (InputStream stream = stream()) {
        stream.readNBytes(read, 0, read.length);
      } catch (IOException e) {
        throw unreadable(e);
      }
      bytes = Optional.of(read);
    }
    return bytes.get();
  }

  /**
   * The bytes from the first on, for one sending. The stream throws {@link ElacsymException} when
   * the payload cannot be read: an {@link IOException} would be taken for the network's.
   */
  public InputStream stream() {
    try {
      InputStream stream = payload.open();
      opened.add(stream);
      stream.skipNBytes(offset);
      return new Exactly(stream);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Why the payload could not be read to its end; empty when it could so far. For clients whose
   * exceptions hide it.
   */
  public Optional<ElacsymException> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void close() {
    for (InputStream stream : opened) {
      try {
        stream.close();
      } catch (IOException e) {
        // All that was needed has been read from it, so a failure to close it changes nothing.
      }
    }
  }

  private ElacsymException unreadable(IOException e) {
    return failed(
        e instanceof EOFException
            ? wrongSize("fewer")
            : ElacsymException.withDetail(
                ErrorKind.UNAVAILABLE,
                "cannot read the payload of object '" + name + "'",
                e.toString(), // may name a file of this machine
                e));
  }

  private ElacsymException wrongSize(String yields) {
    return ElacsymException.invalid(
        "payload of object '"
            + name
            + "' yields "
            + yields
            + " bytes, expected its size of "
            + payload.size());
  }

  private ElacsymException failed(ElacsymException why) {
    failure.set(why);
    return why;
  }

  /** As many bytes as the body has, no more and no fewer. */
  private final class Exactly extends InputStream {
    private final InputStream from;
    private long left = length;

    Exactly(InputStream from) throws IOException {
      this.from = from;
      checkEnd();
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int start, int count) {
      if (left == 0) {
        return -1;
      }
      try {
        int read = from.read(to, start, (int) Math.min(count, left));
        if (read < 0) {
          throw failed(wrongSize(Long.toString(offset + length - left)));
        }
        left -= read;
        checkEnd();
        return read;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    /**
     * Looks for bytes beyond the payload's size before the last byte is handed on: a payload that
     * is too long then fails before the store has the whole object.
     */
    private void checkEnd() throws IOException {
      if (left == 0 && offset + length == payload.size() && from.read() >= 0) {
        throw failed(wrongSize("more"));
      }
    }
  }
}
