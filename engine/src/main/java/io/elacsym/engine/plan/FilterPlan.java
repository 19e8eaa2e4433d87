package io.elacsym.engine.plan;

/**
 * How the rows of one part are found that a filter accepts.
 *
 * @param part its number among the parts
 * @param access what is looked at
 * @param atMost no more rows than this can match
 */
public record FilterPlan(int part, Access access, long atMost) {
  /** What is looked at. */
  public enum Access {
    /** Nothing: every row that is alive is accepted. */
    ALL("all rows"),

    /** Indexes of attributes, and ids, alone; no document is read. */
    INDEXES("attribute indexes"),

    /** Columns of the rows that indexes leave over. */
    INDEXES_AND_COLUMNS("attribute indexes, then columns"),

    /** Columns of all rows. */
    COLUMNS("columns");

    private final String shown;

    Access(String shown) {
      this.shown = shown;
    }

    /** As an explanation says it. */
    public String shown() {
      return shown;
    }
  }
}
