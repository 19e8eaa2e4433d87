package io.elacsym.engine.cas;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Lists everything with a prefix, as many requests as that takes. */
public final class ObjectList {
  /** As many as one request can bring. */
  private static final int PAGE = 1_000;

  private ObjectList() {}

  /** Shows every object whose name begins with a prefix, in the order of their names. */
  public static void each(Storage storage, String prefix, Consumer<ObjectInfo> found) {
    pages(
        storage,
        prefix,
        "",
        page -> {
          page.forEach(found);
          return true;
        });
  }

  /**
   * Shows objects page by page, in the order of their names.
   *
   * @param after only those behind this name; may be empty
   * @param goesOn is shown each page, the last of which may be empty, and says whether to list the
   *     next one
   */
  public static void pages(
      Storage storage, String prefix, String after, Predicate<List<ObjectInfo>> goesOn) {
    String from = after;
    List<ObjectInfo> page;
    do {
      page = storage.list(prefix, from, PAGE);
      from = page.isEmpty() ? from : page.getLast().name();
    } while (goesOn.test(page) && page.size() == PAGE);
  }
}
