package io.elacsym.testing.s3.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.elacsym.api.storage.StorageProvider;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that gives the answers it was told to, in order, and then says of all that it is fine.
 */
public final class CannedServer implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final String EMPTY_LIST =
      "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>";

  private final ServerSocket listener;
  private final List<String> answers;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private CannedServer(List<String> answers) throws IOException {
    this.answers = new CopyOnWriteArrayList<>(answers);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * Starts a server with these answers, each as it goes over the network; {@link #answer} makes
   * them. Requests that only look into the bucket, as at open, use up none of them.
   */
  public static CannedServer saying(String... answers) {
    try {
      return new CannedServer(List.of(answers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String answer(int status, String body, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " As told\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
  }

  public static String error(int status, String code, String... headers) {
    return answer(
        status, "<Error><Code>" + code + "</Code><Message>as told</Message></Error>", headers);
  }

  public TestBucket bucket(StorageProvider provider) {
    return new TestBucket(
        provider,
        Map.of(
            "bucket", "bucket",
            "region", "us-east-1",
            "endpoint", URI.create("http://127.0.0.1:" + listener.getLocalPort()).toString(),
            "access_key_id", "key",
            "secret_access_key", "secret"));
  }

  /** Method and target of each request but the looks into the bucket. */
  public List<String> requests() {
    return requests;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        Matcher length = LENGTH.matcher(head);
        in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        client.getOutputStream().write(answerTo(head).getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private synchronized String answerTo(String head) {
    String request = head.substring(0, head.indexOf(" HTTP/"));
    if (request.contains("list-type=2") && request.contains("max-keys=1&")) {
      return answer(200, EMPTY_LIST);
    }
    requests.add(request);
    return answers.isEmpty() ? answer(200, "") : answers.removeFirst();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (b == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(ISO_8859_1);
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
