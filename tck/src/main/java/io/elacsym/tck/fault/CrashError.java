package io.elacsym.tck.fault;

/**
 * Stands for the death of the process: an error, so that no ordinary handler goes on as if nothing
 * had happened. Every call after it throws it again, until {@link FaultyStorage#restart}.
 */
public final class CrashError extends Error {
  private static final long serialVersionUID = 1L;

  public CrashError(String message) {
    super(message);
  }
}
