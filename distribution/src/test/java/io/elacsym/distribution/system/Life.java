package io.elacsym.distribution.system;

import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server's time from its start to the moment it is killed, as its clients see it. */
final class Life {
  private final Dataset dataset;
  private final Semaphore acknowledgements = new Semaphore(0);
  private volatile boolean ended;

  Life(Dataset dataset) {
    this.dataset = dataset;
  }

  Dataset dataset() {
    return dataset;
  }

  /** Thrown when there was no answer, because the server was killed. */
  static final class Ended extends Exception {
    private static final long serialVersionUID = 1;

    Ended(IOException cause) {
      super(cause);
    }
  }

  /** Sends a request that succeeds unless the server dies. */
  ServerProcess.Answer post(String what, String body) throws Ended {
    ServerProcess.Answer answer;
    try {
      answer = dataset.server().send("POST", dataset.path(what), body);
    } catch (IOException e) {
      if (!ended) {
        throw new AssertionError("no answer of a living server: " + dataset.server().log(), e);
      }
      throw new Ended(e);
    }
    if (answer.status() != 200) {
      throw new AssertionError(what + " " + body + " was refused: " + answer);
    }
    return answer;
  }

  /** Sends a write. */
  void write(String what, String body) throws Ended {
    post(what, body);
    acknowledgements.release();
  }

  /** Waits until so many writes are acknowledged; false when that takes too long. */
  boolean awaitWrites(int count) throws InterruptedException {
    return acknowledgements.tryAcquire(count, Installation.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void kill() {
    ended = true;
    dataset.server().kill();
  }
}
