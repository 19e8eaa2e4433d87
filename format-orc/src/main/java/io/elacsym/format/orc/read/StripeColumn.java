package io.elacsym.format.orc.read;

/** One column of a stripe. Immutable; rows are numbered from the stripe's first. */
interface StripeColumn {
  /** The end of the rows from {@code row} on that are best read together, however few of them. */
  int unitEnd(int row);

  /** What reading some rows takes. */
  ColumnPart part(int from, int to);
}
