package io.elacsym.tck.fault;

/**
 * Stands for the death of the process: an error of the virtual machine, so that no handler goes on
 * as if nothing had happened, not even one that contains what plugins throw. Every call after it
 * throws it again, until {@link FaultyStorage#restart}.
 */
public final class CrashError extends VirtualMachineError {
  private static final long serialVersionUID = 1L;

  public CrashError(String message) {
    super(message);
  }
}
