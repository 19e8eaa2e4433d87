package io.elacsym.server.helidon.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;

/** What Helidon takes for a connection: the head of one request, without a body, and the end. */
final class OneRequest implements ConnectionContext {
  private static final PeerInfo NOBODY =
      new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  private final HelidonSide helidon;
  private final DataReader reader;
  private final DataWriter writer;

  OneRequest(RequestHead head, Outgoing out, HelidonSide helidon) {
    this.helidon = helidon;
    Queue<byte[]> bytes = new ArrayDeque<>();
    bytes.add(bytes(head));
    this.reader = DataReader.create(bytes::poll);
    this.writer = new Writer(out);
  }

  private static byte[] bytes(RequestHead head) {
    StringBuilder text = new StringBuilder(256);
    text.append(head.method()).append(' ').append(head.target()).append(" HTTP/1.1\r\n");
    text.append("host: ").append(head.host().isEmpty() ? "localhost" : head.host());
    head.endToEnd()
        .forEach(
            field -> text.append("\r\n").append(field.name()).append(": ").append(field.value()));
    return text.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public ListenerContext listenerContext() {
    return helidon;
  }

  @Override
  public ExecutorService executor() {
    return helidon.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public Router router() {
    return helidon.router();
  }

  @Override
  public PeerInfo remotePeer() {
    return NOBODY;
  }

  @Override
  public PeerInfo localPeer() {
    return NOBODY;
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public String socketId() {
    return "http";
  }

  @Override
  public String childSocketId() {
    return "request";
  }

  /** Addresses, which nobody behind Helidon asks for. */
  private record Peer(InetSocketAddress known) implements PeerInfo {
    @Override
    public SocketAddress address() {
      return known;
    }

    @Override
    public String host() {
      return known.getHostString();
    }

    @Override
    public int port() {
      return known.getPort();
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
      return Optional.empty();
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
      return Optional.empty();
    }
  }

  /** Hands what Helidon writes on to the client's connection. */
  private record Writer(Outgoing out) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      for (BufferData buffer : buffers) {
        write(buffer);
      }
    }

    @Override
    public void write(BufferData buffer) {
      buffer.writeTo(out);
    }

    @Override
    public void writeNow(BufferData... buffers) {
      write(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
      write(buffer);
    }
  }
}
