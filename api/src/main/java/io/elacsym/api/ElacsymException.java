package io.elacsym.api;

import java.util.Objects;
import java.util.Optional;

/**
 * The one exception of Elacsym. Its message names the field, the value and what was expected, and
 * is fit to be shown to any user, also over a network. What only operators should read (paths,
 * hosts, buckets, users) is its {@linkplain #detail detail}: in the log and in the terminal, never
 * in an answer.
 */
public final class ElacsymException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String detail;

  public ElacsymException(ErrorKind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind);
    this.detail = "";
  }

  public ElacsymException(ErrorKind kind, String message, Throwable cause) {
    this(kind, message, cause, "");
  }

  private ElacsymException(ErrorKind kind, String message, Throwable cause, String detail) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind);
    this.detail = Objects.requireNonNull(detail);
  }

  /**
   * A failure with something to add for operators.
   *
   * @param detail such as {@code in bucket 'b' at http://localhost:9000}
   */
  public static ElacsymException withDetail(
      ErrorKind kind, String message, String detail, Throwable cause) {
    return new ElacsymException(kind, message, cause, detail);
  }

  /** What the caller should do. */
  public ErrorKind kind() {
    return kind;
  }

  /** What to add for operators: of this failure, or else of the one that caused it. */
  public Optional<String> detail() {
    for (Throwable failure = this; failure != null; failure = failure.getCause()) {
      if (failure instanceof ElacsymException known && !known.detail.isEmpty()) {
        return Optional.of(known.detail);
      }
    }
    return Optional.empty();
  }

  /** The message and the detail, for who runs the program. */
  public String forOperators() {
    String message = String.valueOf(getMessage());
    return detail().map(more -> message + " [" + more + "]").orElse(message);
  }

  /** With the detail: stack traces show this one, so a log has it. */
  @Override
  public String getLocalizedMessage() {
    return forOperators();
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
