package io.elacsym.engine.model;

/**
 * One thing that {@code verify} found.
 *
 * @param severity how bad it is
 * @param object the object concerned
 * @param message what is wrong, and what to do
 */
public record Finding(Severity severity, String object, String message) {
  /** How bad a finding is. */
  public enum Severity {
    /** Worth knowing; nothing is lost. */
    NOTICE,
    /** Perhaps something is lost: what is stored fits to that, and to something harmless, too. */
    DOUBT,
    /** Stored bytes are damaged or missing. */
    DAMAGE
  }
}
