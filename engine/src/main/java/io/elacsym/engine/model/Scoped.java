package io.elacsym.engine.model;

/** Where the allowance of a thread is kept: an interface can have no private field. */
final class Scoped {
  static final ScopedValue<Allowance> CURRENT = ScopedValue.newInstance();

  private Scoped() {}
}
