package io.elacsym.server.helidon;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.Bytes;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Serves clients of HTTP/1.0, which Helidon refuses and which a plain {@code proxy_pass} of nginx
 * is: their request is read as one of HTTP/1.1 that ends its connection. Our answers always carry
 * their length, so nothing in them is foreign to such a client.
 */
final class Http10Selector implements ServerConnectionSelector {
  private static final String OLD = " HTTP/1.0";
  private static final String CURRENT = " HTTP/1.1\r";
  private static final int MAX_LINE = 8 << 10;

  private final Http1ConnectionSelector http11 =
      Http1ConnectionSelector.builder().config(Http1Config.create()).build();

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData start) {
    int lineFeed = start.indexOf(Bytes.LF_BYTE);
    if (lineFeed < 0) {
      return Support.UNKNOWN;
    }
    // All that is not HTTP/1.1: Helidon drops what nobody supports, and that is no answer.
    return start.readString(lineFeed).endsWith(CURRENT) ? Support.UNSUPPORTED : Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return http11.connection(
        new Rewritten(context, DataReader.create(new NewFirstLine(context.dataReader()))));
  }

  /** The bytes of a connection, with another first line. */
  private static final class NewFirstLine implements Supplier<byte[]> {
    private final DataReader in;
    private boolean first = true;

    private NewFirstLine(DataReader in) {
      this.in = in;
    }

    @Override
    public byte[] get() {
      if (!first) {
        in.ensureAvailable();
        return in.readBytes(in.available());
      }
      first = false;
      byte[] line = in.readBytes(in.findNewLine(MAX_LINE));
      String text = new String(line, StandardCharsets.ISO_8859_1);
      if (!text.endsWith(OLD)) {
        return line;
      }
      return (text.substring(0, text.length() - 1) + "1\r\nConnection: close")
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** A connection that is read through another reader. */
  private record Rewritten(ConnectionContext real, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return real.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return real.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return real.dataWriter();
    }

    @Override
    public Router router() {
      return real.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return real.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return real.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return real.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return real.localPeer();
    }

    @Override
    public boolean isSecure() {
      return real.isSecure();
    }

    @Override
    public String socketId() {
      return real.socketId();
    }

    @Override
    public String childSocketId() {
      return real.childSocketId();
    }
  }
}
