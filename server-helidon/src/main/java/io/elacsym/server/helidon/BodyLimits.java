package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Bounds request bodies: each one, and all that are in work at once, because what is parsed stays
 * in memory until its request is answered. A body counts as the bytes that have come of it, or as
 * half of the memory of what was made of them if that is more.
 */
final class BodyLimits {
  /** How much memory may be made of a byte before it counts as more than one. */
  private static final int MEMORY_PER_BYTE = 2;

  /** A body that cannot be made shorter grows by less than this part when it is packed. */
  private static final int WORST_PACKING = 16;

  /** Head and end of a member, with a name and a comment. */
  private static final int PACKED_HEAD = 4 << 10;

  private final long perBody;
  private final long allBodies;
  private final AtomicLong inWork = new AtomicLong();

  BodyLimits(ServerSettings settings) {
    this.perBody = settings.maxBodyBytes();
    this.allBodies = settings.maxBodiesBytes();
  }

  /** The bytes that are counted for all bodies whose requests are not answered yet. */
  long inWork() {
    return inWork.get();
  }

  /**
   * Refuses a body that says it is too large, before any of it is read.
   *
   * @param kind what the route takes
   */
  void check(OptionalLong declared, Route.Body kind) {
    long limit = limit(kind);
    if (declared.isPresent() && declared.getAsLong() > limit) {
      throw tooLarge("the request body has " + declared.getAsLong() + " bytes", limit);
    }
  }

  private long limit(Route.Body kind) {
    return Math.min(perBody, kind.maxBytes());
  }

  private static ElacsymException tooLarge(String what, long limit) {
    return new ElacsymException(ErrorKind.TOO_LARGE, what + ", expected at most " + limit);
  }

  /**
   * A body that is counted while it is read. Closed when its request is answered.
   *
   * @param kind what the route takes
   */
  Body limit(InputStream in, Route.Body kind) {
    return new Body(in, limit(kind));
  }

  /**
   * The packed bytes of a body, of which there are hardly more than of the body itself: without a
   * bound of their own, what unpacks to nothing could come without end.
   *
   * @param kind what the route takes
   */
  InputStream packed(InputStream in, Route.Body kind) {
    long limit = limit(kind);
    return new Packed(in, limit + limit / WORST_PACKING + PACKED_HEAD);
  }

  /** Packed bytes, counted. For one thread. */
  private static final class Packed extends FilterInputStream {
    private final long limit;
    private long read;

    Packed(InputStream in, long limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      read += Math.max(0, count);
      if (read > limit) {
        throw tooLarge("the packed request body has more than " + limit + " bytes", limit);
      }
      return count;
    }
  }

  /** One body in work, and what was made of it. For one thread at a time. */
  final class Body extends FilterInputStream implements LongConsumer {
    private final long limit;
    private long read;
    private long built;
    private long counted;
    private Optional<Throwable> failure = Optional.empty();

    private Body(InputStream in, long limit) {
      super(in);
      this.limit = limit;
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
      } catch (ElacsymException e) {
        throw e; // of what counts the packed bytes
      } catch (IOException | RuntimeException e) {
        failure = Optional.of(e);
        throw e;
      }
      if (count > 0) {
        read += count;
        if (read > limit) {
          throw tooLarge("the request body has more than " + limit + " bytes", limit);
        }
        count();
      }
      return count;
    }

    /** Told of memory that is made of the body. */
    @Override
    public void accept(long bytes) {
      built += bytes;
      if (built / MEMORY_PER_BYTE > allBodies) {
        throw new ElacsymException(
            ErrorKind.TOO_LARGE,
            "what the request consists of takes more than "
                + allBodies * MEMORY_PER_BYTE
                + " bytes of memory; send it in parts");
      }
      count();
    }

    private void count() {
      long own = Math.max(read, built / MEMORY_PER_BYTE);
      if (own <= counted) {
        return;
      }
      long all = inWork.addAndGet(own - counted);
      counted = own;
      // Whoever is alone is let through: some request must always be able to finish.
      if (all > allBodies && all > own) {
        throw new ElacsymException(
            ErrorKind.OVERLOADED,
            "request bodies in work have more than " + allBodies + " bytes, send it again later");
      }
    }

    /** Gives back its share; the connection's stream stays open. */
    @Override
    public void close() {
      inWork.addAndGet(-counted);
      counted = 0;
      read = 0;
      built = 0;
    }
  }
}
