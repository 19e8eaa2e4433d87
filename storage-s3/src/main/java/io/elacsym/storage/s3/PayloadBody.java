package io.elacsym.storage.s3;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A part of a payload as the body of a request, opened anew for each try. A payload that cannot be
 * read is told apart from a network that fails: then the store cannot have the object, because it
 * knows how many bytes were to come.
 */
final class PayloadBody implements ContentStreamProvider, AutoCloseable {
  private final String name;
  private final Payload payload;
  private final long offset;
  private final long length;
  private final List<InputStream> opened = new ArrayList<>();
  private volatile @Nullable ElacsymException failure;

  PayloadBody(String name, Payload payload, long offset, long length) {
    this.name = name;
    this.payload = payload;
    this.offset = offset;
    this.length = length;
  }

  RequestBody request() {
    return RequestBody.fromContentProvider(this, length, "application/octet-stream");
  }

  /** Why the payload could not be read to its end; empty when it could so far. */
  Optional<ElacsymException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public InputStream newStream() {
    try {
      InputStream stream = payload.open();
      opened.add(stream);
      stream.skipNBytes(offset);
      return new Exactly(stream);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private ElacsymException failed(IOException e) {
    ElacsymException failed =
        e instanceof EOFException
            ? ElacsymException.invalid(
                "payload of object '"
                    + name
                    + "' ends early, expected its size of "
                    + payload.size()
                    + " bytes")
            : ElacsymException.withDetail(
                ErrorKind.UNAVAILABLE,
                "cannot read the payload of object '" + name + "'",
                e.toString(), // may name a file of this machine
                e);
    failure = failed;
    return failed;
  }

  @Override
  public void close() {
    for (InputStream stream : opened) {
      try {
        stream.close();
      } catch (IOException e) {
        // It has been read as far as it was needed.
      }
    }
  }

  /** The part's bytes, no more and no fewer. */
  private final class Exactly extends InputStream {
    private final InputStream bytes;
    private long left = length;

    Exactly(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int count) {
      if (left == 0) {
        return -1;
      }
      try {
        int read = bytes.read(to, from, (int) Math.min(count, left));
        if (read < 0) {
          throw new EOFException();
        }
        left -= read;
        return read;
      } catch (IOException e) {
        throw failed(e); // not an IOException, which the SDK would take for the network's
      }
    }
  }
}
