package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Documents that several clients overwrite at once, always all of them in one request with one
 * marker. Whoever reads must see one marker, and never that of a request which a later acknowledged
 * one has overwritten.
 */
final class SharedBatch {
  /** The {@code owner} of these documents. */
  private static final long OWNER = 9;

  private static final int SIZE = 12;
  private static final long NEVER = Long.MAX_VALUE;

  /** Counts what happens, so that one can say what was before what. */
  private final AtomicLong clock = new AtomicLong();

  private final List<Attempt> attempts = new ArrayList<>();

  /**
   * A request.
   *
   * @param marker also the time when it began
   * @param ended when it was acknowledged, or {@link #NEVER}
   */
  private record Attempt(long marker, long ended) {}

  private synchronized void record(long marker, long ended) {
    attempts.removeIf(attempt -> attempt.marker() == marker);
    attempts.add(new Attempt(marker, ended));
  }

  /** Overwrites all documents once. */
  void write(Life life, Random random) throws Life.Ended {
    long marker = clock.incrementAndGet();
    record(marker, NEVER);
    life.write("/upsert", Doc.upsert(documents(marker, random)));
    record(marker, clock.incrementAndGet());
  }

  /** The first contents, before there are several clients. */
  void create(Dataset dataset, Random random) {
    long marker = clock.incrementAndGet();
    dataset.upsert(documents(marker, random));
    record(marker, clock.incrementAndGet());
  }

  private static List<Doc> documents(long marker, Random random) {
    List<Doc> documents = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      Doc doc = Doc.random(OWNER * 1_000 + i, OWNER, marker, random);
      TreeMap<String, Object> attributes = new TreeMap<>(doc.attributes());
      attributes.put("title", "harbor " + Doc.word(random));
      documents.add(new Doc(doc.id(), doc.vector(), attributes));
    }
    return documents;
  }

  /** Reads by filter, by text and by vector until the server dies. */
  void read(Life life, Random random) {
    String filter = "\"filter\":" + Condition.owner(OWNER).json() + ",\"top_k\":100";
    List<String> queries =
        List.of(
            "{" + filter + "}",
            "{\"full_text\":{\"field\":\"title\",\"query\":\"harbor\"}," + filter + "}",
            "{\"vector\":" + Doc.randomVector(random) + "," + filter + "}");
    try {
      while (true) {
        for (String query : queries) {
          long began = clock.incrementAndGet();
          JsonNode results = life.post("/query", query).json().path("results");
          List<Long> markers = new ArrayList<>();
          results.forEach(hit -> markers.add(hit.path("attributes").path("marker").longValue()));
          check(markers, began, query);
        }
      }
    } catch (Life.Ended e) {
      // Nothing was answered, nothing is wrong.
    }
  }

  private void check(List<Long> markers, long readBegan, String read) {
    assertThat(markers).as(read).hasSize(SIZE);
    Set<Long> distinct = Set.copyOf(markers);
    assertThat(distinct).as("one batch, " + read).hasSize(1);
    long marker = distinct.iterator().next();
    Optional<Attempt> seen;
    long newest;
    synchronized (this) {
      seen = attempts.stream().filter(attempt -> attempt.marker() == marker).findFirst();
      newest =
          attempts.stream()
              .filter(attempt -> attempt.ended() < readBegan)
              .mapToLong(Attempt::marker)
              .max()
              .orElseThrow();
    }
    assertThat(seen).as("a batch that was sent, " + read).isPresent();
    assertThat(seen.get().ended())
        .as("batch %d is not older than the acknowledged %d, %s", marker, newest, read)
        .isGreaterThan(newest);
  }

  /** Checks what is stored now, and goes on from there. */
  void settle(NavigableMap<Long, Doc> stored) {
    List<Long> markers =
        stored.subMap(OWNER * 1_000, (OWNER + 1) * 1_000).values().stream()
            .map(doc -> doc.number("marker").orElseThrow())
            .collect(Collectors.toList());
    check(markers, NEVER, "scan");
    synchronized (this) {
      attempts.clear();
    }
    record(markers.getFirst(), clock.incrementAndGet());
  }
}
