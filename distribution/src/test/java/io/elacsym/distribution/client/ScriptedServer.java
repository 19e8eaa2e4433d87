package io.elacsym.distribution.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers as a test wants it to, one connection a request. */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Function<String, Answer> script;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** An answer. */
  public record Answer(int status, String body, Charset charset) {
    /** One whose body is JSON. */
    public Answer(int status, String body) {
      this(status, body, StandardCharsets.UTF_8);
    }

    /** A file. */
    public static Answer of(byte[] bytes) {
      Charset charset = StandardCharsets.ISO_8859_1; // a character a byte
      return new Answer(200, new String(bytes, charset), charset);
    }

    public static Answer error(int status, String code) {
      return new Answer(
          status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"as the test wants it\"}}");
    }
  }

  /**
   * Starts listening.
   *
   * @param script what a request gets, by its method and path with a space between them
   */
  public ScriptedServer(Function<String, Answer> script) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofPlatform().daemon().start(this::listen);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** What came so far, each as its method and path. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        serve(client);
      } catch (IOException e) {
        // The test has ended, or the client is gone.
      }
    }
  }

  private void serve(Socket client) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    String first = line(in);
    if (first.isEmpty()) {
      return;
    }
    int length = 0;
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      if (field.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(field.substring(15).strip());
      }
    }
    in.readNBytes(length);
    String request = first.substring(0, first.lastIndexOf(' '));
    requests.add(request);
    Answer answer = script.apply(request);
    byte[] body = answer.body().getBytes(answer.charset());
    String head =
        "HTTP/1.1 "
            + answer.status()
            + " Scripted\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().write(body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
