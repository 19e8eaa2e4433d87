package io.elacsym.distribution.cli;

import io.elacsym.distribution.client.ElacsymClient;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that says which server a command calls. */
final class ClientOptions {
  private static final String DEFAULT = "http://127.0.0.1:3000";

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      description = "Where the server is. Default: ELACSYM_SERVER, else " + DEFAULT)
  private URI server = URI.create(DEFAULT);

  /**
   * A client.
   *
   * @param patience how long a busy or absent server is tried again
   */
  ElacsymClient client(Duration patience) {
    return new ElacsymClient(server, patience);
  }
}
