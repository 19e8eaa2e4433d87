package io.elacsym.tck.storage;

import io.elacsym.api.storage.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A payload in whose middle something else happens, on another thread: a storage that has looked
 * before it reads the payload meets another object afterwards. It waits for that, but not for long,
 * because a storage may let nobody else write meanwhile.
 */
final class MeanwhilePayload<T> implements Payload {
  private static final long LONGEST_MILLIS = 500;

  private final byte[] bytes;
  private final FutureTask<T> meanwhile;
  private final AtomicBoolean begun = new AtomicBoolean();

  MeanwhilePayload(byte[] bytes, Callable<T> meanwhile) {
    this.bytes = bytes;
    this.meanwhile = new FutureTask<>(meanwhile);
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    int half = bytes.length / 2;
    InputStream first = new ByteArrayInputStream(bytes, 0, half);
    InputStream second =
        new InputStream() {
          private final InputStream rest =
              new ByteArrayInputStream(bytes, half, bytes.length - half);

          @Override
          public int read() throws IOException {
            begin();
            return rest.read();
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            begin();
            return rest.read(to, offset, length);
          }
        };
    return new SequenceInputStream(first, second);
  }

  /** Waits once: a storage reads a payload in many pieces. */
  private void begin() throws IOException {
    if (begun.getAndSet(true)) {
      return;
    }
    Thread.startVirtualThread(meanwhile);
    try {
      meanwhile.get(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // it has to wait for this put
    } catch (ExecutionException e) {
      throw new IOException("what happened in the middle of the payload failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in the middle of the payload", e);
    }
  }

  /** What came of it, after the put. */
  T result() throws Exception {
    if (!begun.getAndSet(true)) {
      meanwhile.run(); // the storage has not read so far
    }
    return meanwhile.get();
  }
}
