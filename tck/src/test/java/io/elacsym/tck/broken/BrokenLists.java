package io.elacsym.tck.broken;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/** Lists that go wrong where a store begins another page. */
final class BrokenLists {
  private static final String THOUSANDS = "names and folders beyond the first thousand are listed";
  private static final int PAGE = 1000;

  private BrokenLists() {}

  static List<BrokenPart> parts() {
    return List.of(
        BrokenStorageTest.listing(
            "lists a thousand names at most",
            (inner, prefix, after, limit) -> inner.list(prefix, after, Math.min(limit, PAGE)),
            THOUSANDS),
        BrokenStorageTest.listing(
            "loses a name between pages",
            (inner, prefix, after, limit) -> pages(inner, prefix, after, limit, 1),
            THOUSANDS),
        BrokenStorageTest.listing(
            "lists the last name of a page again",
            (inner, prefix, after, limit) -> pages(inner, prefix, after, limit, -1),
            THOUSANDS),
        BrokenStorageTest.listing(
            "gives the last page first", BrokenLists::lastPageFirst, THOUSANDS),
        BrokenStorageTest.folders(
            "looks for folders among a thousand names",
            (inner, prefix, after, limit) ->
                inner.list(prefix, after.isEmpty() ? "" : after + "0", PAGE).stream()
                    .map(ObjectInfo::name)
                    .filter(name -> name.indexOf('/', prefix.length()) >= 0)
                    .map(name -> name.substring(0, name.indexOf('/', prefix.length())))
                    .distinct()
                    .limit(limit)
                    .toList(),
            THOUSANDS));
  }

  /**
   * @param skipped how many names the next page begins too late
   */
  private static List<ObjectInfo> pages(
      Storage inner, String prefix, String after, int limit, int skipped) {
    List<ObjectInfo> all = inner.list(prefix, after, Integer.MAX_VALUE);
    List<ObjectInfo> seen = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PAGE + skipped) {
      seen.addAll(all.subList(from, Math.min(all.size(), from + PAGE)));
    }
    return seen.subList(0, Math.min(limit, seen.size()));
  }

  private static List<ObjectInfo> lastPageFirst(
      Storage inner, String prefix, String after, int limit) {
    List<ObjectInfo> all = inner.list(prefix, after, limit);
    int full = all.size() / PAGE * PAGE;
    List<ObjectInfo> turned = new ArrayList<>(all.subList(full, all.size()));
    turned.addAll(all.subList(0, full));
    return turned;
  }
}
