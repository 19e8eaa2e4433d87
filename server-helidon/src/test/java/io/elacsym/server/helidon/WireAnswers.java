package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers as bytes of a connection, and what each of them must keep. */
final class WireAnswers {
  /** A guard against hanging: the slowest request of a test takes less than a second. */
  private static final int HANGS_AFTER_MILLIS = 60_000;

  private static final Pattern HEAD =
      Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+) *$");
  private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: *chunked *$");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type: *([^;\r]*)");

  /** Of docs/http.md, by status. */
  private static final Map<Integer, Set<String>> CODES =
      Map.of(
          403, Set.of("forbidden"),
          404, Set.of("not_found"),
          405, Set.of("method_not_allowed"),
          408, Set.of("timeout"),
          409, Set.of("conflict"),
          413, Set.of("too_large"),
          415, Set.of("unsupported_media_type"),
          429, Set.of("overloaded"),
          503, Set.of("unavailable"),
          504, Set.of("timeout"));

  private WireAnswers() {}

  /** Sends a request, ends the sending side, and reads all that comes until the server closes. */
  static byte[] exchange(String name, TestServer server, byte[] request) {
    try (Socket socket = server.socket()) {
      socket.setSoTimeout(HANGS_AFTER_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
      } catch (IOException e) {
        // The server has answered and closed before it read all of it.
      }
      return read(socket);
    } catch (SocketTimeoutException e) {
      return fail("%s: no end of the answer to %s", name, shown(request));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static byte[] read(Socket socket) throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    try {
      int read;
      while ((read = socket.getInputStream().read(piece)) >= 0) {
        all.write(piece, 0, read);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Reset, because the server had bytes left to read; what came is looked at.
    }
    return all.toByteArray();
  }

  /** Checks every answer in what a connection has brought. */
  static void check(String name, byte[] request, byte[] answers) {
    String text = new String(answers, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < text.length()) {
      Matcher head = HEAD.matcher(text).region(at, text.length());
      if (!head.lookingAt()) {
        fail("%s: no answer of HTTP/1.1 at %s: %s%nto %s", name, at, text, shown(request));
      }
      int status = Integer.parseInt(head.group(1));
      at = head.end();
      if (status == 100) {
        continue;
      }
      String fields = head.group(2);
      Matcher length = LENGTH.matcher(fields);
      String body;
      if (length.find()) {
        int end = Math.min(text.length(), at + Integer.parseInt(length.group(1)));
        body = text.substring(at, end);
        at = end;
      } else {
        assertThat(CHUNKED.matcher(fields).find())
            .as("%s: %s has a length or chunks, to %s", name, fields, shown(request))
            .isTrue();
        StringBuilder chunks = new StringBuilder();
        at = chunks(text, at, chunks);
        body = chunks.toString();
      }
      Matcher type = TYPE.matcher(fields);
      checkOne(name, request, status, type.find() ? type.group(1) : "", body);
    }
  }

  private static int chunks(String text, int from, StringBuilder body) {
    int at = from;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line), 16);
      at = line + 2;
      body.append(text, at, at + size);
      at += size + 2;
      if (size == 0) {
        return at;
      }
    }
  }

  private static void checkOne(
      String name, byte[] request, int status, String type, String latin1) {
    String body = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    String context = name + ": " + status + " " + type + " " + body + "\nto " + shown(request);
    if (status < 400) {
      assertThat(status).as(context).isIn(200, 204);
      return;
    }
    if (latin1.isEmpty()) {
      return; // to a HEAD
    }
    assertThat(type).as(context).isEqualTo("application/json");
    JsonNode json;
    try {
      json = TestServer.JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(context, e);
    }
    assertThat(json.size()).as(context).isEqualTo(1);
    assertThat(json.path("error").path("message").asText()).as(context).isNotEmpty();
    assertThat(json.path("error").path("message").asText())
        .as(context)
        .isNotEqualTo("null")
        .doesNotContain("io.elacsym", "java.", "Exception", "StreamReadFeature");
    String code = json.path("error").path("code").asText();
    assertThat(CODES.getOrDefault(status, Set.of("invalid_request"))).as(context).contains(code);
    if (status >= 500) {
      assertThat(status).as(context).isIn(501, 503, 504, 505);
    }
  }

  private static String shown(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.length() > 3_000 ? text.substring(0, 3_000) + "..." : text;
  }
}
