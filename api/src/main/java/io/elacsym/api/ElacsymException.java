package io.elacsym.api;

import java.util.Objects;

/**
 * The one exception of Elacsym. Its message names the field, the value and what was expected, and
 * is fit to be shown to a user.
 */
public final class ElacsymException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  public ElacsymException(ErrorKind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind);
  }

  public ElacsymException(ErrorKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind);
  }

  /** What the caller should do. */
  public ErrorKind kind() {
    return kind;
  }

  public static ElacsymException invalid(String message) {
    return new ElacsymException(ErrorKind.INVALID_REQUEST, message);
  }

  public static ElacsymException notFound(String message) {
    return new ElacsymException(ErrorKind.NOT_FOUND, message);
  }

  public static ElacsymException conflict(String message) {
    return new ElacsymException(ErrorKind.CONFLICT, message);
  }

  public static ElacsymException corrupt(String message) {
    return new ElacsymException(ErrorKind.CORRUPT, message);
  }

  public static ElacsymException unavailable(String message, Throwable cause) {
    return new ElacsymException(ErrorKind.UNAVAILABLE, message, cause);
  }
}
