package io.elacsym.cluster.route;

import io.elacsym.cluster.member.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where a request has been, and where it goes next. The first node is asked, all others are
 * insisted on: they are asked because somebody would not or could not. A node that has declined is
 * insisted on last, when there is nobody else: it may have named a node that cannot be reached from
 * here. For one request.
 */
final class Attempts {
  private final Set<String> asked = new HashSet<>();
  private final Set<String> declined = new HashSet<>();
  private final List<String> failures = new ArrayList<>();
  private boolean insisting;

  /** Whether the node that is asked now shall serve, whatever it believes. */
  boolean insisting() {
    return insisting;
  }

  /** A node is asked. */
  void begin(Member node) {
    asked.add(node.id());
    declined.remove(node.id());
  }

  /** A node has done nothing, because another one should. */
  void declined(Member node, String why) {
    failures.add(why);
    if (!insisting) {
      declined.add(node.id());
    }
  }

  /** A node has done nothing, and will not. */
  void failed(String why) {
    failures.add(why);
  }

  /**
   * Who is asked next.
   *
   * @param better whom the last one has named
   * @param ranked those who may serve, the best at the front
   */
  Optional<Member> next(Optional<String> better, List<Member> ranked) {
    insisting = true;
    Predicate<Member> isNew = node -> !asked.contains(node.id());
    return ranked.stream()
        .filter(node -> better.filter(node.id()::equals).isPresent())
        .filter(isNew)
        .findFirst()
        .or(() -> ranked.stream().filter(isNew).findFirst())
        .or(() -> ranked.stream().filter(node -> declined.contains(node.id())).findFirst());
  }

  /** Why nobody has served it. */
  String failures() {
    return failures.isEmpty() ? "no node that writes answers" : String.join("; ", failures);
  }
}
