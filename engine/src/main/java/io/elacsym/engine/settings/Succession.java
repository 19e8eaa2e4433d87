package io.elacsym.engine.settings;

import java.util.Optional;

/**
 * Who should write to a namespace, where several processes work on one storage. The engine asks
 * before it takes a namespace over, so that nodes of a cluster do not take it from each other. No
 * safety rests on the answer: whatever it is, the protocol lets one process write. Safe for use by
 * many threads; answers at once.
 */
public interface Succession {
  /** For a process that knows of no others: it takes over whenever it is asked to write. */
  Succession UNRESTRICTED =
      new Succession() {
        @Override
        public Optional<String> self() {
          return Optional.empty();
        }

        @Override
        public Verdict mayTakeOver(String namespace, Optional<String> writer) {
          return new Verdict.Yes();
        }
      };

  /** The name of this process among the others, which its manifests give as their writer. */
  Optional<String> self();

  /**
   * Whether this process may become the writer of a namespace now.
   *
   * @param writer the node that writes now, as the newest known manifest says; empty when there is
   *     none, or none that belongs to a cluster
   */
  Verdict mayTakeOver(String namespace, Optional<String> writer);

  /** This process has become the writer of a namespace. */
  default void tookOver(String namespace) {}

  /** An answer. */
  sealed interface Verdict {
    /** It may. */
    record Yes() implements Verdict {}

    /**
     * Another process should write.
     *
     * @param node which one; empty when this process knows none
     */
    record No(Optional<String> node) implements Verdict {}
  }
}
