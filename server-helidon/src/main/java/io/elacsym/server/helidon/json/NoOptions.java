package io.elacsym.server.helidon.json;

import io.elacsym.engine.model.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the body of a call that has nothing to say: an object without keys. */
public final class NoOptions {
  private NoOptions() {}

  /**
   * Reads the body to its end.
   *
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} when it is no object, or has a
   *     key
   */
  public static void read(InputStream in) throws IOException {
    Json.read(in, parser -> Fields.of(parser, Place.ROOT, List.of()));
  }
}
