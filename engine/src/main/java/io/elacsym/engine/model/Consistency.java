package io.elacsym.engine.model;

/** What a read is promised to see. */
public enum Consistency {
  /** Every write acknowledged anywhere before the read began. */
  STRONG,
  /** Whatever this process knows; asks the storage nothing. */
  EVENTUAL
}
