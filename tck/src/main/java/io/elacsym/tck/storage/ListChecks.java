package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Together;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Listing. */
record ListChecks(StorageFixture fixture) {
  /** Chosen so that walking folder by folder gives another order than the bytes of the names. */
  private static final List<String> NAMES =
      List.of(
          "a/b", "a/bc", "a/c/d", "a-b", "a.b", "ab", "a0", "A", "b/a", "a/b-c", "b.c", "a_c",
          "_a");

  List<Check> checks() {
    return List.of(
        Check.of("a list is in byte order of whole names", this::order),
        Check.of("a list has only names with the prefix, which may end anywhere", this::prefix),
        Check.of("a list goes on after any name, also one that does not exist", this::after),
        Check.of("a list is as long as the limit until the names end", this::limit),
        Check.of("a list says size and tag of each object", this::facts),
        Check.of(
            "each folder behind a prefix is listed once, in the order of objects", this::folders),
        Check.of("a list of folders goes on after any folder, as far as the limit", this::pages),
        Check.of("names and folders beyond the first thousand are listed", this::thousands),
        Check.of("a folder is there as long as an object is in it", this::emptied));
  }

  private void order() throws Exception {
    in(
        fixture,
        storage -> {
          fill(storage);
          Expect.equal("names listed", sorted(NAMES), names(storage, "", "", 100));
        });
  }

  private void prefix() throws Exception {
    in(
        fixture,
        storage -> {
          fill(storage);
          for (String prefix :
              List.of(
                  "", "a", "a/", "a/b", "a/b/", "a/c/", "a/c/d", "a/bc", "b", "c", "a-", "a.", "a_",
                  "_")) {
            Expect.equal(
                "names with the prefix '" + prefix + "'",
                sorted(NAMES.stream().filter(name -> name.startsWith(prefix)).toList()),
                List.copyOf(names(storage, prefix, "", 100)));
          }
        });
  }

  private void after() throws Exception {
    in(
        fixture,
        storage -> {
          fill(storage);
          for (String prefix : List.of("", "a/", "a/b")) {
            for (String after :
                List.of("A", "A0", "a", "a/b", "a/c", "a/c/d", "a/bb", "a/z", "b", "zz")) {
              Expect.equal(
                  "names with the prefix '" + prefix + "' after '" + after + "'",
                  sorted(
                      NAMES.stream()
                          .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
                          .toList()),
                  names(storage, prefix, after, 100));
            }
          }
        });
  }

  private void limit() throws Exception {
    in(
        fixture,
        storage -> {
          List<String> all = new ArrayList<>();
          for (int i = 0; i < 120; i++) {
            all.add("p/" + i % 5 + "/" + i);
          }
          putAll(storage, all);
          for (int limit : List.of(1, 7, 119, 120, 121, 5000)) {
            List<String> seen = new ArrayList<>();
            List<String> page;
            do {
              page = names(storage, "p/", seen.isEmpty() ? "" : seen.getLast(), limit);
              int left = all.size() - seen.size();
              Expect.equal("size of a page of " + limit, Math.min(limit, left), page.size());
              seen.addAll(page);
            } while (!page.isEmpty());
            Expect.equal("names over all pages of " + limit, sorted(all), seen);
          }
        });
  }

  private void facts() throws Exception {
    in(
        fixture,
        storage -> {
          String x = put(storage, "x", "12345");
          String y = put(storage, "y/z", "");
          List<ObjectInfo> listed = storage.list("", "", 10);
          Expect.equal("sizes", List.of(5L, 0L), listed.stream().map(ObjectInfo::size).toList());
          Expect.equal("tags", List.of(x, y), listed.stream().map(ObjectInfo::tag).toList());
        });
  }

  private static List<String> foldersOf(List<String> names, String prefix, String after) {
    return names.stream()
        .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) >= 0)
        .map(name -> name.substring(0, name.indexOf('/', prefix.length())))
        .distinct()
        .filter(folder -> after.isEmpty() || (folder + "/").compareTo(after + "0") > 0)
        .sorted(Comparator.comparing(folder -> folder + "/"))
        .toList();
  }

  private void folders() throws Exception {
    in(
        fixture,
        storage -> {
          List<String> names = new ArrayList<>(NAMES);
          names.addAll(
              List.of("a.b.c/x", "a1/x/y", "a1/z", "aa/1", "aa/2", "x".repeat(220) + "/y"));
          putAll(storage, names);
          for (String prefix : List.of("", "a", "a/", "a/c", "a1/", "a.", "aa/", "b", "z", "x")) {
            for (String after : List.of("", "a", "a.b", "a.b.c", "a0", "a1", "b", "zz")) {
              Expect.equal(
                  "folders with the prefix '" + prefix + "' after '" + after + "'",
                  foldersOf(names, prefix, after),
                  storage.listFolders(prefix, after, 100));
            }
          }
        });
  }

  /** Stores give so many at a time at most, and folders count as names do. */
  private void thousands() throws Exception {
    in(
        fixture,
        storage -> {
          List<String> all = new ArrayList<>();
          int count = Profile.current().pick(1_100, 10_500);
          for (int i = 0; i < count; i++) {
            String name = String.format(Locale.ROOT, "n/%x", 7919 * i);
            all.add(i % 2 == 0 ? name : name + "f/x");
          }
          putAll(storage, all);
          List<String> expected = sorted(all);
          List<String> folders = foldersOf(all, "n/", "");
          for (int limit : List.of(700, 999, 1000, 1001, 100_000)) {
            Expect.equal(
                "names over all pages of " + limit,
                expected,
                pages(limit, after -> names(storage, "n/", after, limit)));
            Expect.equal(
                "folders over all pages of " + limit,
                folders,
                pages(limit, after -> storage.listFolders("n/", after, limit)));
          }
          storage.delete(all);
          Expect.equal("names left", List.of(), names(storage, "", "", 10));
        });
  }

  private static List<String> pages(int limit, Function<String, List<String>> pageAfter) {
    List<String> seen = new ArrayList<>();
    List<String> page;
    do {
      page = pageAfter.apply(seen.isEmpty() ? "" : seen.getLast());
      seen.addAll(page);
    } while (page.size() == limit);
    return seen;
  }

  /** Each folder has many objects, and there are objects beside them. */
  private void pages() throws Exception {
    in(
        fixture,
        storage -> {
          List<String> all = new ArrayList<>();
          for (int i = 0; i < 150; i++) {
            all.add("p/" + i % 25 + "/" + i);
            all.add("p/o" + i);
          }
          putAll(storage, all);
          List<String> expected = foldersOf(all, "p/", "");
          for (int limit : List.of(1, 7, 25, 26, 5000)) {
            List<String> seen = new ArrayList<>();
            List<String> page;
            do {
              page = storage.listFolders("p/", seen.isEmpty() ? "" : seen.getLast(), limit);
              Expect.equal(
                  "size of a page of " + limit,
                  Math.min(limit, expected.size() - seen.size()),
                  page.size());
              seen.addAll(page);
            } while (!page.isEmpty());
            Expect.equal("folders over all pages of " + limit, expected, seen);
          }
        });
  }

  private void emptied() throws Exception {
    in(
        fixture,
        storage -> {
          putAll(storage, List.of("f/a", "f/b/c", "g/a"));
          storage.delete(List.of("f/a"));
          Expect.equal("folders", List.of("f", "g"), storage.listFolders("", "", 10));
          storage.delete(List.of("f/b/c"));
          Expect.equal("folders", List.of("g"), storage.listFolders("", "", 10));
        });
  }

  private static void fill(Storage storage) throws Exception {
    putAll(storage, NAMES);
  }

  private static void putAll(Storage storage, List<String> names) throws Exception {
    int threads = 16;
    Together.run(
        threads,
        thread -> {
          for (int i = thread; i < names.size(); i += threads) {
            put(storage, names.get(i), names.get(i));
          }
          return thread;
        });
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted(Comparator.naturalOrder()).toList();
  }
}
