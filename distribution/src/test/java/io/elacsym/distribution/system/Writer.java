package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A client that upserts, patches and deletes documents nobody else touches, one request after the
 * other. So it knows them exactly, but for the one request that got no answer: that one may have
 * happened, wholly or not at all.
 */
final class Writer {
  private static final int IDS = 80;
  private static final int LARGEST_REQUEST = 12;

  private final long owner;
  private final Random random;
  private NavigableMap<Long, Doc> acknowledged = new TreeMap<>();
  private Optional<Change> unanswered = Optional.empty();
  private long marker;
  private int requests;
  private int happened;

  Writer(long owner, long seed) {
    this.owner = owner;
    this.random = new Random(seed * 31 + owner);
  }

  /**
   * A request and what it makes of the documents.
   *
   * @param what the end of its path
   */
  private record Change(String what, String body, NavigableMap<Long, Doc> after) {}

  /** Writes until the server dies. */
  void run(Life life) {
    try {
      while (true) {
        Change change = change();
        unanswered = Optional.of(change);
        life.write(change.what(), change.body());
        unanswered = Optional.empty();
        acknowledged = change.after();
        requests++;
      }
    } catch (Life.Ended e) {
      // What was under way stays unanswered.
    }
  }

  private Change change() {
    marker++;
    NavigableMap<Long, Doc> after = new TreeMap<>(acknowledged);
    return switch (random.nextInt(10)) {
      case 0 -> {
        List<Long> ids = ids();
        ids.forEach(after::remove);
        yield new Change("/delete", Doc.json(Map.of("ids", ids)), after);
      }
      case 1 -> {
        Condition condition = Condition.owner(owner).and(Condition.year(2000 + random.nextInt(10)));
        after.values().removeIf(condition.test());
        yield new Change("/delete", "{\"filter\":" + condition.json() + "}", after);
      }
      default -> upsert(after);
    };
  }

  /** Whole documents and patches, all with this request's marker. */
  private Change upsert(NavigableMap<Long, Doc> after) {
    List<Doc> documents = new ArrayList<>();
    for (long id : ids()) {
      SortedMap<String, Object> attributes = Doc.attributes(owner, marker, random);
      if (random.nextInt(4) == 0) {
        Doc before = after.getOrDefault(id, new Doc(id, Optional.empty(), new TreeMap<>()));
        documents.add(new Doc(id, Optional.empty(), attributes));
        after.put(id, before.patched(attributes));
      } else {
        Doc whole = new Doc(id, Optional.of(Doc.randomVector(random)), attributes);
        documents.add(whole);
        after.put(id, whole);
      }
    }
    return new Change("/upsert", Doc.upsert(documents), after);
  }

  /** Different ids: a request with one twice would be a question of order, not of kills. */
  private List<Long> ids() {
    return random
        .longs(0, IDS)
        .distinct()
        .limit(1 + random.nextInt(LARGEST_REQUEST))
        .mapToObj(id -> owner * 1_000 + id)
        .toList();
  }

  /** Checks what is stored now, and goes on from there. */
  void settle(NavigableMap<Long, Doc> stored) {
    NavigableMap<Long, Doc> own = stored.subMap(owner * 1_000, true, owner * 1_000 + IDS, false);
    if (unanswered.isPresent() && own.equals(unanswered.get().after())) {
      acknowledged = unanswered.get().after();
      happened++;
    }
    assertThat(own)
        .as(() ->
            "documents of client %d after request %d; unanswered: %s"
                .formatted(owner, marker, unanswered))
        .isEqualTo(acknowledged);
    unanswered = Optional.empty();
  }

  /** Acknowledged requests. */
  int requests() {
    return requests;
  }

  /** Requests without an answer that took effect. */
  int happened() {
    return happened;
  }
}
