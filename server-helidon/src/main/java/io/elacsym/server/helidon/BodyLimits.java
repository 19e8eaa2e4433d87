package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds request bodies: each one, and all that are in work at once, because what is parsed stays
 * in memory until its request is answered.
 */
final class BodyLimits {
  private final long perBody;
  private final long allBodies;
  private final AtomicLong inWork = new AtomicLong();

  BodyLimits(ServerSettings settings) {
    this.perBody = settings.maxBodyBytes();
    this.allBodies = settings.maxBodiesBytes();
  }

  /** Bytes read of bodies whose requests are not answered yet. */
  long inWork() {
    return inWork.get();
  }

  /** Refuses a body that says it is too large, before any of it is read. */
  void check(OptionalLong declared) {
    if (declared.isPresent() && declared.getAsLong() > perBody) {
      throw tooLarge("the request body has " + declared.getAsLong() + " bytes");
    }
  }

  private ElacsymException tooLarge(String what) {
    return new ElacsymException(ErrorKind.TOO_LARGE, what + ", expected at most " + perBody);
  }

  /** A body that is counted while it is read. Closed when its request is answered. */
  Body limit(InputStream in) {
    return new Body(in);
  }

  /** One body in work. For one thread. */
  final class Body extends FilterInputStream {
    private long read;
    private Optional<Throwable> failure = Optional.empty();

    private Body(InputStream in) {
      super(in);
    }

    /**
     * What reading from the connection threw, if it did: that is the client's doing or the
     * network's, not an error of whoever read.
     */
    Optional<Throwable> failure() {
      return failure;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count;
      try {
        count = super.read(buffer, offset, length);
      } catch (IOException | RuntimeException e) {
        failure = Optional.of(e);
        throw e;
      }
      if (count > 0) {
        add(count);
      }
      return count;
    }

    private void add(int count) {
      read += count;
      long all = inWork.addAndGet(count);
      if (read > perBody) {
        throw tooLarge("the request body has more than " + perBody + " bytes");
      }
      // Whoever is alone is let through: some request must always be able to finish.
      if (all > allBodies && all > read) {
        throw new ElacsymException(
            ErrorKind.OVERLOADED,
            "request bodies in work have more than " + allBodies + " bytes, send it again later");
      }
    }

    /** Gives back its share; the connection's stream stays open. */
    @Override
    public void close() {
      inWork.addAndGet(-read);
      read = 0;
    }
  }
}
