package io.elacsym.server.helidon;

import java.io.IOException;

/** What one route does. */
@FunctionalInterface
interface Endpoint {
  /**
   * Answers a call.
   *
   * @throws io.elacsym.api.ElacsymException any error that has a kind
   * @throws IOException when the request's body cannot be read
   */
  Reply answer(Call call) throws IOException;
}
