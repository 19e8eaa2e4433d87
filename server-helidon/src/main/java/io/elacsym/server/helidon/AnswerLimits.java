package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Allowance;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of answers: the documents of each one, and of all that are not sent yet their
 * documents and the bytes that are put together before they are sent, because what a slow client
 * has not read stays in memory.
 */
final class AnswerLimits {
  /**
   * The last quarter of the room is only for answers up to this size, so that large ones cannot
   * keep small ones out.
   */
  private static final long SMALL = 1 << 20;

  /** An answer up to this many bytes is not charged: a connection takes as much memory anyway. */
  private static final int FREE = 1 << 10;

  private final long perAnswer;
  private final long allAnswers;
  private final AtomicLong inWork = new AtomicLong();

  AnswerLimits(ServerSettings settings) {
    this(settings.maxAnswerBytes(), settings.maxAnswersBytes());
  }

  AnswerLimits(long perAnswer, long allAnswers) {
    this.perAnswer = perAnswer;
    this.allAnswers = allAnswers;
  }

  /** Memory of answers that are not sent yet. */
  long inWork() {
    return inWork.get();
  }

  /** The share of one answer. Closed when it is sent. */
  Share begin() {
    return new Share();
  }

  /**
   * What one answer has taken. It is given back when each who holds it has closed it: the one that
   * sends the answer, and the work that makes it, which may be left.
   */
  final class Share implements Allowance, AutoCloseable {
    private final AtomicInteger holders = new AtomicInteger(1);
    private long taken;

    private Share() {}

    /** Counts one more holder, which has to close the share, too. */
    void hold() {
      holders.incrementAndGet();
    }

    @Override
    public synchronized long left() {
      return perAnswer - taken;
    }

    @Override
    public void take(long bytes) {
      if (!takes(bytes)) {
        throw new ElacsymException(
            ErrorKind.OVERLOADED,
            "answers that wait to be read take more than "
                + limit(bytes)
                + " bytes, ask again later or for less");
      }
    }

    /** Takes bytes if all answers together have them left. */
    synchronized boolean takes(long bytes) {
      long own = taken + bytes;
      long all = inWork.addAndGet(bytes);
      // Whoever is alone is let through: some answer must always be possible.
      if (all > limit(bytes) && all > own) {
        inWork.addAndGet(-bytes);
        return false;
      }
      taken = own;
      return true;
    }

    private synchronized long limit(long more) {
      return taken + more <= SMALL ? allAnswers : allAnswers / 4 * 3;
    }

    /**
     * Takes the room of an answer that is put together in memory, and as much again for what sends
     * it. An answer of some hundred bytes is not charged, so that a health check is answered
     * however little room there is.
     */
    Reply charged(Reply reply) {
      if (reply.body().length > FREE && reply.status() < 400) {
        take(2L * reply.body().length);
      }
      return reply;
    }

    @Override
    public synchronized void giveBack(long bytes) {
      inWork.addAndGet(-bytes);
      taken -= bytes;
    }

    @Override
    public synchronized void close() {
      if (holders.decrementAndGet() == 0) {
        giveBack(taken);
      }
    }
  }
}
