package io.elacsym.server.helidon.wire;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Hands a checked request to Helidon, which calls the handler and writes the answer. Each request
 * gets a connection of Helidon's of its own, that has one head to read and then is at its end. The
 * body is read beside it, from the {@link Exchange}.
 */
public final class HelidonSide implements ListenerContext {
  private final Http1ConnectionSelector http =
      Http1ConnectionSelector.builder()
          .config(
              Http1Config.builder()
                  .maxPrologueLength(2 * HeadReader.MAX_LINE)
                  .maxHeadersSize(2 * HeadReader.MAX_FIELDS)
                  .validatePrologue(false)
                  .validatePath(false)
                  .validateRequestHeaders(false)
                  .build())
          .build();
  private final ListenerConfig config = ListenerConfig.create();
  private final Context context = Context.create();
  private final MediaContext media = MediaContext.create();
  private final ContentEncodingContext encodings =
      ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final DirectHandlers failures;
  private final Router router;

  /**
   * Prepares Helidon.
   *
   * @param handler called once for each request
   * @param failures what Helidon itself answers
   */
  public HelidonSide(Handler handler, DirectHandlers failures) {
    this.failures = failures;
    this.router =
        Router.builder()
            .addRouting(
                HttpRouting.builder()
                    .any((request, response) -> {
                      handler.handle(request, response);
                      Exchange.current().answered();
                    }))
            .build();
  }

  void answer(Exchange exchange, Outgoing out) throws IOException, InterruptedException {
    ServerConnection connection = http.connection(new OneRequest(exchange.head(), out, this));
    // Without this it would try to read another head, and fail at that by an exception each time.
    exchange.whenAnswered(() -> connection.close(false));
    try {
      connection.handle(FixedLimit.create());
    } catch (ServerConnectionException e) {
      throw new IOException("the answer could not be sent", e);
    } catch (CloseConnectionException e) {
      // There is no next request on Helidon's connection, as intended.
    }
  }

  Router router() {
    return router;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public MediaContext mediaContext() {
    return media;
  }

  @Override
  public ContentEncodingContext contentEncodingContext() {
    return encodings;
  }

  @Override
  public DirectHandlers directHandlers() {
    return failures;
  }

  @Override
  public ListenerConfig config() {
    return config;
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }
}
