package io.elacsym.distribution.logging;

import java.util.Arrays;
import java.util.Optional;

/** How a line of the log looks. */
public enum LogFormat {
  /** One JSON object a line. */
  JSON("json"),
  /** Time, level, target and message. */
  TEXT("text");

  private final String id;

  LogFormat(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public static Optional<LogFormat> byId(String id) {
    return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
  }

  public static String[] ids() {
    return Arrays.stream(values()).map(LogFormat::id).toArray(String[]::new);
  }
}
