package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.NamespaceTotal;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.writer.EndMarkers;
import io.elacsym.engine.writer.EndMarkers.Marker;
import io.elacsym.engine.writer.NamespaceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which namespaces there are: the folders at the root, but for those that are marked and whose
 * manifests say that they are not active. One request for a thousand folders, which is as much as
 * one can bring, one for a thousand markers, and one for each name that is marked.
 */
public final class Catalogue {
  static final int MAX_PAGE = 1_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final int ATTEMPTS = 5;

  /** Pages of folders that are counted with one look at the markers; they are held in memory. */
  private static final int COUNTED_PAGES = 64;

  /** Folders that are new to this process and are looked at while they are listed. */
  private static final int MAX_LOOKED_AT = 16;

  private final Function<String, NamespaceContext> contexts;

  /**
   * Names under which a manifest was found once. They need no further look, because a life that
   * ends is marked.
   */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private final NamespaceCount total;

  /** Of the root; its name is no namespace's. */
  private final NamespaceContext root;

  public Catalogue(EngineContext engine) {
    this.contexts = engine::namespace;
    this.root = engine.namespace(EndMarkers.FOLDER);
    this.total = new NamespaceCount(this::counted, engine.seams());
  }

  /** Whether a folder of this name can be a namespace. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches()
        && !name.equals(".")
        && !name.equals("..")
        && !name.startsWith(EndMarkers.RESERVED);
  }

  public static void check(String name) {
    if (!isName(name)) {
      throw ElacsymException.invalid(
          "namespace name '"
              + Strings.shown(name)
              + "' is not allowed, expected 1 to 128 letters, digits, '_', '-' or '.', not '"
              + EndMarkers.RESERVED
              + "' at the beginning");
    }
  }

  /** One page of them; see {@code Engine}. */
  public NamespacePage list(String prefix, String after, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw ElacsymException.invalid("limit is " + limit + ", expected 1 to " + MAX_PAGE);
    }
    List<String> names = new ArrayList<>();
    String from = after;
    while (true) {
      // One more shows whether there are more; beyond a page that would be a request of its own.
      Range range = range(prefix, from, Math.min(limit + 1, MAX_PAGE), 1);
      for (String name : range.names()) {
        if (names.size() == limit) {
          return new NamespacePage(names, Optional.of(names.getLast()));
        }
        names.add(name);
      }
      if (range.last().isEmpty()) {
        return new NamespacePage(names, Optional.empty());
      }
      if (names.size() == limit) {
        return new NamespacePage(names, Optional.of(names.getLast()));
      }
      from = range.last().get();
    }
  }

  /**
   * Namespaces in their order.
   *
   * @param last the folder behind which there may be more; empty when there are none
   */
  private record Range(List<String> names, Optional<String> last) {}

  /**
   * Looks at pages of folders, then at the markers of them all.
   *
   * @param pages at most so many: fewer if they take long
   */
  private Range range(String prefix, String after, int page, int pages) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Instant asked = root.now();
      Instant enough = asked.plus(root.settings().reaperGrace().dividedBy(4));
      List<String> folders = new ArrayList<>();
      List<String> found;
      do {
        String from = folders.isEmpty() ? after : folders.getLast();
        found = root.storage().listFolders(prefix, from, page);
        folders.addAll(found);
      } while (found.size() == page
          && folders.size() < pages * page
          && root.now().isBefore(enough));
      if (folders.isEmpty()) {
        return new Range(List.of(), Optional.empty());
      }
      // After the folders: a marker stays for a grace longer than what it marks.
      List<Marker> markers = root.markers().list(prefix, after, folders.getLast());
      if (!root.isLongAgo(asked)) {
        return new Range(
            withoutDead(folders, markers),
            found.size() == page ? Optional.of(folders.getLast()) : Optional.empty());
      }
    }
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE, "the storage answers too slowly to list namespaces");
  }

  private List<String> withoutDead(List<String> folders, List<Marker> markers) {
    Set<String> marked = new HashSet<>();
    markers.forEach(marker -> marked.add(marker.namespace()));
    List<String> names = folders.stream().filter(Catalogue::isName).toList();
    // A folder can be somebody else's, such as a backup below a prefix of the same bucket. If few
    // are new they are looked at here; else the round that looks at all folders marks those.
    List<String> unknown = names.stream().filter(name -> !seen.contains(name)).toList();
    List<String> looked = unknown.size() <= MAX_LOOKED_AT ? unknown : List.of();
    List<String> asked =
        names.stream().filter(name -> marked.contains(name) || looked.contains(name)).toList();
    Set<String> dead = new HashSet<>();
    List<Boolean> answers = Parallel.map(asked, this::isActive);
    for (int i = 0; i < asked.size(); i++) {
      if (answers.get(i)) {
        seen.add(asked.get(i));
      } else if (marked.contains(asked.get(i)) || isForeign(asked.get(i))) {
        seen.remove(asked.get(i));
        dead.add(asked.get(i));
      }
    }
    return names.stream().filter(name -> !dead.contains(name)).toList();
  }

  /**
   * Whether a folder without a manifest holds nothing that is named as an object of a namespace.
   */
  private boolean isForeign(String name) {
    return root.storage().list(name + "/", "", MAX_PAGE).stream()
        .noneMatch(object -> ObjectNames.isOfNamespace(object.name().substring(name.length() + 1)));
  }

  /**
   * Whether a namespace is active. One with a damaged manifest counts as such, so that lists show
   * it.
   */
  private boolean isActive(String name) {
    return Damage.orElse(
        () ->
            contexts
                .apply(name)
                .manifest()
                .read()
                .filter(manifest -> manifest.content().isActive())
                .isPresent(),
        damage -> true);
  }

  /** How many there are, or were a few seconds ago; see {@code Engine}. */
  public int count() {
    return total.get();
  }

  /** How many there were when they were last counted; see {@code Engine}. */
  public Optional<NamespaceTotal> knownCount() {
    return total.known();
  }

  /**
   * Says that this process has made so many namespaces, or has ended them if the number is
   * negative.
   */
  void changed(int more) {
    total.changed(more);
  }

  private int counted() {
    int count = 0;
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      Range range = range("", after.get(), MAX_PAGE, COUNTED_PAGES);
      count += range.names().size();
      after = range.last();
    }
    return count;
  }
}
