package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Does once what short commands do, against a server that is made up, so that the JVM learns which
 * classes they need. Run by {@code bin/aot-cache}, not by people.
 */
@Command(name = "rehearse", hidden = true, description = "Show the JVM what short commands need.")
final class RehearseCommand implements Callable<Integer> {
  private static final String NAMESPACES =
      "{\"namespaces\":[{\"namespace\":\"docs\"}],\"next\":null}";
  private static final String RESULTS =
      "{\"results\":[{\"id\":1,\"score\":0.5,\"attributes\":{\"title\":\"t\"}}]}";
  private static final String NAMESPACE =
      """
      {"namespace":"docs","schema":{"vector_dim":2,"vector_metric":"cosine",
        "attributes":{"title":{"type":"string","full_text":true}}},"stats":{"documents":1}}
      """;

  @Override
  public Integer call() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(socket));
      String server = "http://127.0.0.1:" + socket.getLocalPort();
      run("--help");
      run("--version");
      run("stats", "--server", server);
      run("stats", "--server", server, "--namespace", "docs");
      run("query", "--server", server, "-n", "docs", "-t", "t", "--filter", "{\"a\":[1,null]}");
      run("query", "--no-such-option");
      // No server listens there, which is what people get to see as well.
      run("stats", "--server", "http://127.0.0.1:1");
    }
    return ExitCode.OK;
  }

  private static void run(String... arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Screen screen = new Screen(InputStream.nullInputStream(), nowhere, nowhere, false, 100);
    // What comes of it does not matter: a command that fails has loaded its classes, too.
    var _ = new Cli(screen, Map.of()).run(arguments);
  }

  private static void answer(ServerSocket socket) {
    try {
      while (true) {
        try (Socket client = socket.accept()) {
          answer(client);
        }
      }
    } catch (SocketException e) {
      // Closed: the rehearsal is over.
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void answer(Socket client) throws IOException {
    BufferedReader request =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    String first = String.valueOf(request.readLine());
    String line = request.readLine();
    while (line != null && !line.isEmpty()) {
      line = request.readLine();
    }
    String body =
        first.contains("/query") ? RESULTS : first.contains("?limit") ? NAMESPACES : NAMESPACE;
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }
}
