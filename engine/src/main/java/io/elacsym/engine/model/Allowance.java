package io.elacsym.engine.model;

/**
 * How much memory the documents of an answer may take. Who asks gives it to the call as a scoped
 * value; the engine takes from it before it reads documents, and whoever gave it takes all back
 * when the answer is sent. Without one an answer may be as large as it likes. Safe for use by many
 * threads.
 */
public interface Allowance {
  /** No bound at all. */
  Allowance UNLIMITED =
      new Allowance() {
        @Override
        public long left() {
          return Long.MAX_VALUE;
        }

        @Override
        public void take(long bytes) {
          // There is always more.
        }

        @Override
        public void giveBack(long bytes) {
          // Nothing was missing.
        }
      };

  /** How many bytes this answer may still take; 0 or less when it has all it may have. */
  long left();

  /**
   * Takes bytes that are about to be used, also more than are {@linkplain #left left}: a document
   * alone may be larger than an answer should be.
   *
   * @throws io.elacsym.api.ElacsymException {@code OVERLOADED} when all answers together have none
   *     left; then nothing is taken
   */
  void take(long bytes);

  /** Gives back bytes that were taken and not used. */
  void giveBack(long bytes);

  /** The allowance of this thread. */
  static Allowance current() {
    return Scoped.CURRENT.orElse(UNLIMITED);
  }

  /** Runs something with this allowance. */
  default <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(Scoped.CURRENT, this).call(work);
  }
}
