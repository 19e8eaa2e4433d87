package io.elacsym.server.helidon.json;

import io.elacsym.server.helidon.mapping.Json;
import java.io.IOException;

/** What is wrong with a text that is no JSON, in the words that the server has for it. */
public final class JsonFault {
  private JsonFault() {}

  /**
   * The reason, without what the library says of itself.
   *
   * @param failure of a parser of Jackson
   */
  public static String reason(IOException failure) {
    return Json.reason(failure);
  }
}
