package io.elacsym.server.helidon;

import java.io.IOException;

/** What one route does. */
@FunctionalInterface
interface Endpoint {
  /**
   * Reads a call, all of its body, and says what is to be done. On the thread of the connection:
   * what waits for the storage, other than to open a namespace, belongs into the work.
   *
   * @throws io.elacsym.api.ElacsymException any error that has a kind
   * @throws IOException when the request's body cannot be read
   */
  Work read(Call call) throws IOException;
}
