package io.elacsym.examples.dictionary;

/** Something the person at the keyboard can mend; the message is all that is shown. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
