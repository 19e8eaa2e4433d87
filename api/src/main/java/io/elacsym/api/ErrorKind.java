package io.elacsym.api;

/** What went wrong, in terms of what the caller should do next. */
public enum ErrorKind {
  /** The request can never succeed as it stands; correct it. */
  INVALID_REQUEST(false),
  /** The thing named does not exist. */
  NOT_FOUND(false),
  /** The thing exists already, or somebody else changed it meanwhile; read it again. */
  CONFLICT(false),
  /** The request or a value in it is larger than a stated limit; send less. */
  TOO_LARGE(false),
  /** The system has too much to do; send the same request again later. */
  OVERLOADED(true),
  /** Something needed cannot be reached now; send the same request again later. */
  UNAVAILABLE(true),
  /**
   * The work was given up because its time was over, or because nobody waited for it any more; ask
   * for less, or allow more time.
   */
  TIMEOUT(false),
  /** Stored bytes are not what was written; an operator must look. */
  CORRUPT(false),
  /** A bug or an unforeseen state; report it. */
  INTERNAL(false);

  private final boolean retryable;

  ErrorKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same request can succeed later without being changed. */
  public boolean retryable() {
    return retryable;
  }
}
