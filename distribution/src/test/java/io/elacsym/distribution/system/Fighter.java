package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.it.ServerProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A client that speaks to whichever server comes to hand, and knows its own documents exactly: one
 * request after the other, each of them acknowledged, refused, or in doubt. Documents of a request
 * in doubt are left alone from then on: it may still take effect, once, wholly or not at all.
 */
final class Fighter {
  /** Shorter than the longest time for which a server is stopped. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int ATTEMPTS = 20;
  private static final int IDS = 40;
  private static final int LARGEST_REQUEST = 8;
  private static final long IDS_OF_ONE = 1_000_000;

  private final long owner;
  private final Random random;
  private final NavigableMap<Long, Doc> acknowledged = new TreeMap<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final long[] ids = new long[IDS];
  private final SortedMap<String, Integer> answers = new TreeMap<>();
  private long nextId;
  private long marker;
  private int writes;
  private int checks;

  Fighter(long owner, long seed) {
    this.owner = owner;
    this.random = new Random(seed * 31 + owner);
    this.nextId = owner * IDS_OF_ONE;
    for (int i = 0; i < IDS; i++) {
      ids[i] = nextId++;
    }
  }

  /** A request in doubt: what its documents were, and what they are if it took effect. */
  private static final class Doubt {
    final NavigableMap<Long, Doc> before;
    final NavigableMap<Long, Doc> after;
    boolean happened;

    Doubt(NavigableMap<Long, Doc> before, NavigableMap<Long, Doc> after) {
      this.before = before;
      this.after = after;
    }
  }

  /** One request: mostly a write, now and then a look at all that this client has written. */
  void step(Dataset dataset) {
    if (random.nextInt(4) == 0) {
      look(dataset).ifPresent(this::check);
    } else {
      write(dataset);
    }
  }

  private void write(Dataset dataset) {
    marker++;
    int[] slots =
        random.ints(0, IDS).distinct().limit(1 + random.nextInt(LARGEST_REQUEST)).toArray();
    NavigableMap<Long, Doc> before = new TreeMap<>();
    for (int slot : slots) {
      Optional.ofNullable(acknowledged.get(ids[slot])).ifPresent(doc -> before.put(doc.id(), doc));
    }
    NavigableMap<Long, Doc> after = new TreeMap<>();
    String answered;
    if (random.nextInt(8) == 0) {
      List<Long> doomed = new ArrayList<>();
      for (int slot : slots) {
        doomed.add(ids[slot]);
      }
      answered = send(dataset, "/delete", Doc.json(Map.of("ids", doomed)));
    } else {
      answered = send(dataset, "/upsert", Doc.upsert(documents(slots, before, after)));
    }
    switch (answered) {
      case "yes" -> {
        for (int slot : slots) {
          acknowledged.remove(ids[slot]);
        }
        acknowledged.putAll(after);
        writes++;
      }
      case "no" -> {}
      default -> {
        doubts.add(new Doubt(before, after));
        for (int slot : slots) {
          acknowledged.remove(ids[slot]);
          ids[slot] = nextId++;
        }
      }
    }
  }

  /** Whole documents, and patches of documents that are there. */
  private List<Doc> documents(
      int[] slots, NavigableMap<Long, Doc> before, NavigableMap<Long, Doc> after) {
    List<Doc> documents = new ArrayList<>();
    for (int slot : slots) {
      long id = ids[slot];
      SortedMap<String, Object> attributes = Doc.attributes(owner, marker, random);
      if (before.containsKey(id) && random.nextInt(4) == 0) {
        documents.add(new Doc(id, Optional.empty(), attributes));
        after.put(id, before.get(id).patched(attributes));
      } else {
        Doc whole = new Doc(id, Optional.of(Doc.randomVector(random)), attributes);
        documents.add(whole);
        after.put(id, whole);
      }
    }
    return documents;
  }

  /** Whether a write was applied: {@code yes}, {@code no}, or {@code perhaps}. */
  private String send(Dataset dataset, String what, String body) {
    try {
      int status = dataset.server().send("POST", dataset.path(what), body, PATIENCE).status();
      answers.merge(Integer.toString(status), 1, Integer::sum);
      return switch (status) {
        case 200 -> "yes";
        case 429 -> "no";
        case 409, 503 -> "perhaps";
        default -> throw new AssertionError(what + " was answered with " + status);
      };
    } catch (ConnectException e) {
      answers.merge("not reached", 1, Integer::sum);
      return "no";
    } catch (IOException e) {
      answers.merge("no answer", 1, Integer::sum);
      return "perhaps";
    }
  }

  /** All documents of this client in one snapshot; empty when the server does not answer. */
  private Optional<NavigableMap<Long, Doc>> look(Dataset dataset) {
    String query =
        "{\"filter\":{\"field\":\"owner\",\"op\":\"eq\",\"value\":%d},\"top_k\":1000,\"include_vector\":true}"
            .formatted(owner);
    try {
      ServerProcess.Answer answer =
          dataset.server().send("POST", dataset.path("/query"), query, PATIENCE);
      if (answer.status() != 200) {
        assertThat(answer.status()).as(answer.body()).isIn(409, 503);
        return Optional.empty();
      }
      NavigableMap<Long, Doc> found = new TreeMap<>();
      for (JsonNode result : answer.json().path("results")) {
        Doc doc = Doc.of(result);
        assertThat(found.put(doc.id(), doc)).as("document %d came twice", doc.id()).isNull();
      }
      return Optional.of(found);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Looks at all that this client has written until there is an answer. */
  void check(Dataset dataset) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<NavigableMap<Long, Doc>> found = look(dataset);
      if (found.isPresent()) {
        check(found.get());
        return;
      }
    }
    throw new AssertionError("no answer: " + dataset.server().log());
  }

  /** What a strong read of this client's documents has found, whichever server answered. */
  private void check(NavigableMap<Long, Doc> found) {
    NavigableMap<Long, Doc> certain = new TreeMap<>(found);
    for (Doubt doubt : doubts) {
      NavigableMap<Long, Doc> seen = new TreeMap<>();
      for (NavigableMap<Long, Doc> documents : List.of(doubt.before, doubt.after)) {
        for (long id : documents.keySet()) {
          Optional.ofNullable(found.get(id)).ifPresent(doc -> seen.put(id, doc));
          certain.remove(id);
        }
      }
      boolean happened = seen.equals(doubt.after);
      assertThat(happened || (!doubt.happened && seen.equals(doubt.before)))
          .as(
              "client %d: a request in doubt is there by half, or no longer: %s; before %s, after %s",
              owner, seen, doubt.before, doubt.after)
          .isTrue();
      // Equal before and after say nothing.
      doubt.happened |= happened && !doubt.before.equals(doubt.after);
    }
    assertThat(certain).as("acknowledged documents of client %d", owner).isEqualTo(acknowledged);
    checks++;
  }

  /** How many writes were answered how. */
  SortedMap<String, Integer> answers() {
    return answers;
  }

  int writes() {
    return writes;
  }

  int checks() {
    return checks;
  }

  int doubts() {
    return doubts.size();
  }

  int happened() {
    return (int) doubts.stream().filter(doubt -> doubt.happened).count();
  }
}
