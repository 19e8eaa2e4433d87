package io.elacsym.engine.model;

/** Where the allowance of a thread is kept: an interface has no private place. */
final class Scoped {
  static final ScopedValue<Allowance> CURRENT = ScopedValue.newInstance();

  private Scoped() {}
}
