package io.elacsym.server.helidon.wire;

import io.helidon.http.DateTime;
import io.helidon.http.Status;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One connection: its requests one after the other, and its end. */
final class Connection implements Runnable {
  /** How long a client that has its last answer may stay silent without closing. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  /** A request that takes longer than this is worth asking whether anyone still waits for it. */
  private static final long A_MOMENT = Duration.ofMillis(250).toNanos();

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final SocketAddress peer;
  private final Incoming in;
  private final Outgoing out;
  private final HeadReader heads;
  private final Patience patience;
  private final RequestHandler handler;
  private final ErrorForm errors;
  private final Faults faults;

  private final AtomicReference<State> state = new AtomicReference<>(new State.Waiting());
  private volatile long since = System.nanoTime();

  Connection(
      Socket socket, Patience patience, RequestHandler handler, ErrorForm errors, Faults faults)
      throws IOException {
    this.socket = socket;
    this.peer = socket.getRemoteSocketAddress();
    this.patience = patience;
    this.handler = handler;
    this.errors = errors;
    this.faults = faults;
    this.in = new Incoming(socket);
    this.out = new Outgoing(socket, patience);
    this.heads = new HeadReader(in, patience);
  }

  SocketAddress peer() {
    return peer;
  }

  /**
   * What the connection is doing. It goes from waiting to working, from there to leaving, and back
   * to waiting if another request may come; from all of them to ended.
   */
  private sealed interface State {
    /** Waits for a request, or for the client to hang up. */
    record Waiting() implements State {}

    /** Works at an exchange. */
    record Working(Exchange exchange) implements State {}

    /**
     * Has answered. The client may not have all of the answer yet, while bytes behind its request
     * are read and dropped.
     */
    record Leaving() implements State {}

    /** Closed, or about to be. */
    record Ended() implements State {}
  }

  /** Whether it waits for a request, and nobody for its answer. */
  boolean waiting() {
    return state.get() instanceof State.Waiting;
  }

  /** Whether its client has been answered, and may lose the answer if this ends at once. */
  boolean leaving() {
    return state.get() instanceof State.Leaving;
  }

  /** Ends it if it waits: a request whose head has come is not thrown away. */
  boolean closeIfWaiting() {
    State now = state.get();
    return now instanceof State.Waiting && closeInstead(now);
  }

  /** Ends it if it leaves. */
  boolean closeIfLeaving() {
    State now = state.get();
    return now instanceof State.Leaving && closeInstead(now);
  }

  private boolean closeInstead(State now) {
    if (!state.compareAndSet(now, new State.Ended())) {
      return false;
    }
    close();
    return true;
  }

  /** Goes from one state to the next; false when it was ended meanwhile. */
  private boolean go(State from, State to) {
    since = System.nanoTime();
    return state.compareAndSet(from, to);
  }

  private boolean ended() {
    return state.get() instanceof State.Ended;
  }

  /** When it began to do what it does, in {@link System#nanoTime}. */
  long since() {
    return since;
  }

  @Override
  public void run() {
    try {
      boolean goOn = serve(true);
      while (goOn) {
        goOn = serve(false);
      }
      linger();
    } catch (Refusal e) {
      faults.met(Fault.MALFORMED, peer, e.text());
      leave();
      refuse(e);
    } catch (TooSlow e) {
      faults.met(Fault.SLOW_HEAD, peer, "the head did not come in time");
      leave();
      refuse(new Refusal(408, "timeout", "the request did not come in time"));
    } catch (IOException e) {
      if (!ended()) {
        faults.met(Fault.LEFT, peer, String.valueOf(e.getMessage()));
      }
    } finally {
      close();
    }
  }

  /** Answers whatever comes with a refusal, and ends. */
  void turnAway(Refusal refusal) {
    try {
      leave();
      refuse(refusal);
    } finally {
      close();
    }
  }

  private void leave() {
    if (state.get() instanceof State.Waiting waiting) {
      go(waiting, new State.Leaving());
    }
  }

  private void refuse(Refusal refusal) {
    try {
      out.begin(heads.headWanted());
      out.write(answer(refusal, errors));
      linger();
    } catch (IOException e) {
      // The client is gone. Its request was refused anyway, so nothing is left to do for it.
    }
  }

  /** The whole answer to what is refused, after which the connection ends. */
  static byte[] answer(Refusal refusal, ErrorForm errors) {
    byte[] body = errors.body(refusal.code(), refusal.text());
    String head =
        "HTTP/1.1 "
            + Status.create(refusal.status()).text()
            + "\r\nDate: "
            + DateTime.rfc1123String()
            + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + (refusal.status() == 503 ? "\r\nRetry-After: 1" : "")
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] answer = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, answer, start.length, body.length);
    return answer;
  }

  /** Serves one request; false when the connection shall end. */
  private boolean serve(boolean first) throws IOException {
    Optional<RequestHead> next = heads.read(first);
    if (next.isEmpty()) {
      return false;
    }
    RequestHead head = next.get();
    RequestBody body =
        new RequestBody(in, head.framing(), patience, head.expectsContinue(), this::sendContinue);
    Exchange exchange = new Exchange(head, body);
    out.begin(head.method().equals("HEAD"));
    State.Working working = new State.Working(exchange);
    if (!(state.get() instanceof State.Waiting waiting) || !go(waiting, working)) {
      return false;
    }
    State leaving = new State.Leaving();
    try {
      exchange.run(() -> handler.answer(exchange, out));
    } catch (IOException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      // Whoever answers turns failures into answers: this one met the connection's end.
      faults.met(Fault.LEFT, peer, String.valueOf(e.getMessage()));
      return false;
    } finally {
      in.lookNoMore();
      go(working, leaving);
    }
    return exchange.another()
        && body.drop(Exchange.DROPPABLE, Exchange.DROP_TIME)
        && go(leaving, new State.Waiting());
  }

  private void sendContinue() {
    try {
      out.writeInterim(CONTINUE);
    } catch (IOException e) {
      // Reading the body, which follows, meets the same end and says so.
      state.set(new State.Ended());
    }
  }

  /**
   * Ends the connection so that the client can read its last answer: with bytes of its unread, the
   * system would reset the connection and throw the answer away.
   */
  private void linger() throws IOException {
    if (ended()) {
      return;
    }
    socket.shutdownOutput();
    byte[] some = new byte[4 << 10];
    Until end = Until.in(Exchange.DROP_TIME);
    long dropped = 0;
    try {
      int count = 0;
      while (count >= 0 && dropped < Exchange.DROPPABLE) {
        dropped += count;
        count = in.read(some, 0, some.length, end.or(Until.in(LINGER)));
      }
    } catch (IOException e) {
      // The client has used up its time, or is gone.
    }
  }

  /** Looks after it, from another thread: what stands still too long is ended. */
  void look() {
    if (out.stalled()) {
      faults.met(Fault.SLOW_READER, peer, "the client did not take its answer in time");
      abort();
      return;
    }
    if (System.nanoTime() - since > A_MOMENT) {
      if (state.get() instanceof State.Working working) {
        working.exchange().lookAhead().ifPresent(gone -> lookAhead(working, gone));
      }
    }
  }

  private void lookAhead(State.Working working, Runnable gone) {
    // A client that leaves while its answer is written is noticed by the thread that writes.
    in.lookAhead(
        () -> working.equals(state.get()) && !out.begun(),
        () -> {
          faults.met(Fault.LEFT, peer, "the client has left before its answer");
          gone.run();
        });
  }

  /** Ends it at once, and does not leave what is written to the system to send on. */
  private void abort() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close();
  }

  /** Ends it at once, from any thread. */
  void close() {
    state.set(new State.Ended());
    try {
      socket.close();
    } catch (IOException e) {
      // What cannot be closed is closed.
    }
  }
}
