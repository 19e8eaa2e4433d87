package io.elacsym.api.storage;

/**
 * The condition under which a put takes effect. All are mandatory for a storage, and those that
 * require something are atomic: of many concurrent puts, one wins.
 */
public sealed interface PutMode {
  PutMode OVERWRITE = new Overwrite();
  PutMode IF_ABSENT = new IfAbsent();

  /** Whatever is there. */
  record Overwrite() implements PutMode {
    @Override
    public boolean conditional() {
      return false;
    }
  }

  /** Only if there is no such object. */
  record IfAbsent() implements PutMode {
    @Override
    public boolean conditional() {
      return true;
    }
  }

  /**
   * Only if the object has the content that was read.
   *
   * @param tag that it must have now; what that says is told in {@link Storage}
   */
  record IfMatches(String tag) implements PutMode {
    @Override
    public boolean conditional() {
      return true;
    }
  }

  static PutMode ifMatches(String tag) {
    return new IfMatches(tag);
  }

  /** Whether it requires anything. */
  boolean conditional();
}
