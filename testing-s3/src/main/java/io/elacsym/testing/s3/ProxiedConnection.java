package io.elacsym.testing.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client's connection through a {@link FaultyProxy}. Two threads copy bytes, one a direction.
 *
 * <p>What the client sends after the server has answered is a new request, if it starts like one:
 * the rest of a body that the server did not wait for does not. An answer {@code 100 Continue} only
 * asks for the body and is none.
 */
final class ProxiedConnection {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("^[A-Z]{3,7} \\S* ?.*", Pattern.DOTALL);
  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 64 << 10;
  private static final int LONGEST_HEAD = 256 << 10;

  private final FaultyProxy proxy;
  private final Socket client;
  private final Socket server;

  /** Whether the server has answered the request that came last; at first, there is none. */
  private volatile boolean answered = true;

  private volatile Optional<Fault> fault = Optional.empty();

  ProxiedConnection(FaultyProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  /** Copies until one side ends. */
  void run() throws IOException {
    Thread down = Thread.ofVirtual().start(this::copyAnswers);
    try {
      copyRequests();
    } catch (IOException e) {
      cut();
    }
    try {
      down.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copyRequests() throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = server.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      byte[] bytes = Arrays.copyOf(buffer, n);
      if (answered && startsRequest(bytes)) {
        bytes = withWholeHead(bytes, in);
        if (!begin(bytes)) {
          return;
        }
      }
      out.write(bytes);
      out.flush();
    }
    if (stalled()) {
      cut(); // the client has lost its patience
    } else {
      server.shutdownOutput();
    }
  }

  private static boolean startsRequest(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
    return REQUEST_LINE.matcher(start).matches();
  }

  /** Deals with a new request; false when it must not reach the server. */
  private boolean begin(byte[] bytes) throws IOException {
    String head = new String(bytes, 0, headLength(bytes), StandardCharsets.ISO_8859_1);
    RequestHead request = RequestHead.parse(head);
    Optional<Fault> planned = proxy.arrived(request);
    Duration delay = proxy.delay();
    if (delay.isPositive()) {
      pause(delay);
    }
    fault = planned;
    answered = false;
    if (planned.isEmpty()) {
      return true;
    }
    return switch (planned.get()) {
      case Fault.Cut(Fault.Cut.Place place) -> {
        if (place == Fault.Cut.Place.BEFORE) {
          cut();
        }
        yield place != Fault.Cut.Place.BEFORE;
      }
      case Fault.Stall stall -> true;
      case Fault.Answer answer -> {
        answer(request, bytes, answer);
        yield false;
      }
    };
  }

  private static void pause(Duration delay) {
    long until = System.nanoTime() + delay.toNanos();
    for (long left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Answers a request in place of the server. The request is read to its end first, because a
   * client that is still sending does not read an answer.
   */
  private void answer(RequestHead request, byte[] bytes, Fault.Answer answer) throws IOException {
    if (request.header("expect").isEmpty()) {
      long length = request.header("content-length").map(Long::parseLong).orElse(0L);
      client.getInputStream().skipNBytes(length - (bytes.length - headLength(bytes)));
    }
    String body =
        request.method().equals("HEAD")
            ? ""
            : "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
                + answer.code()
                + "</Code><Message>"
                + answer.text()
                + "</Message></Error>";
    String text =
        "HTTP/1.1 "
            + answer.status()
            + " "
            + answer.code()
            + "\r\n"
            + String.join("", answer.headers().stream().map(header -> header + "\r\n").toList())
            + "Content-Type: application/xml\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    client.shutdownOutput();
    server.close();
  }

  private void copyAnswers() {
    try {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, n);
        if (!answered && !isContinue(bytes)) {
          Optional<Fault> planned = fault;
          if (planned.isPresent()) {
            suffer(planned.get(), bytes, in, out);
            return;
          }
          answered = true;
        }
        out.write(bytes);
        out.flush();
      }
      client.shutdownOutput();
    } catch (IOException e) {
      if (!(fault.orElse(null) instanceof Fault.Answer)) {
        cut();
      } // else: the server was sent away, and the client reads the answer it got
    }
  }

  private static boolean isContinue(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
    return start.equals("HTTP/1.1 100");
  }

  /**
   * Spoils an answer as planned.
   *
   * @param bytes what has come of the answer so far
   */
  private void suffer(Fault planned, byte[] bytes, InputStream in, OutputStream out)
      throws IOException {
    if (planned instanceof Fault.Stall(boolean inBody)) {
      if (inBody) {
        sendHalf(withWholeHead(bytes, in), in, out);
      }
      return; // the client hangs up some time, and copyRequests ends with it
    }
    if (planned instanceof Fault.Cut(Fault.Cut.Place place) && place == Fault.Cut.Place.BODY) {
      sendHalf(withWholeHead(bytes, in), in, out);
      client.close(); // politely: a reset would take what was sent with it
    }
    cut();
  }

  /** Half of the body, or of the head when there is no body. */
  private static void sendHalf(byte[] start, InputStream in, OutputStream out) throws IOException {
    int head = headLength(start);
    Matcher length =
        CONTENT_LENGTH.matcher(new String(start, 0, head, StandardCharsets.ISO_8859_1));
    long body = length.find() ? Long.parseLong(length.group(1)) : 2;
    long wanted = body == 0 ? head / 2 : head + body / 2;
    out.write(start, 0, (int) Math.min(start.length, wanted));
    for (long left = wanted - start.length; left > 0; ) {
      byte[] more = in.readNBytes((int) Math.min(left, BUFFER));
      out.write(more);
      left = more.length == 0 ? 0 : left - more.length;
    }
    out.flush();
  }

  private static byte[] withWholeHead(byte[] start, InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(start);
    byte[] buffer = new byte[BUFFER];
    while (headLength(bytes.toByteArray()) < 0) {
      int n = in.read(buffer);
      if (n < 0 || bytes.size() > LONGEST_HEAD) {
        throw new IOException("no end of an HTTP head within " + bytes.size() + " bytes");
      }
      bytes.write(buffer, 0, n);
    }
    return bytes.toByteArray();
  }

  /** The length of a head with the empty line that ends it; -1 when there is no end yet. */
  private static int headLength(byte[] bytes) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    return at < 0 ? -1 : at + END_OF_HEAD.length;
  }

  private boolean stalled() {
    return fault.orElse(null) instanceof Fault.Stall;
  }

  /** Ends both sides at once. */
  void cut() {
    try (client;
        server) {
      client.setSoLinger(true, 0); // a reset, as when a machine is gone, and not a polite end
    } catch (IOException e) {
      // It had ended already.
    }
  }
}
