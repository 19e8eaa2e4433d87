package io.elacsym.benchmarks.judged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same documents in namespaces of a server, in the states in which a namespace may be. */
final class States {
  /** How many documents are ranked for each query: the most that a query may ask for. */
  static final int DEPTH = 1_000;

  /** Numbers from here on are of documents that are deleted in the end. */
  private static final long OTHERS = 1_000_000;

  private final JudgedTexts texts;
  private final JudgedServer server;

  States(JudgedTexts texts, JudgedServer server) {
    this.texts = texts;
    this.server = server;
  }

  /** The quality of each state, by its name. */
  Map<String, Quality> qualities() throws IOException {
    List<Long> numbers = List.copyOf(texts.documents().keySet());
    Map<String, Quality> qualities = new LinkedHashMap<>();
    try (JudgedNamespace one = server.create("one")) {
      write(one, numbers, false);
      one.flush();
      qualities.put("one segment", quality(one, 1, 0));
    }
    try (JudgedNamespace many = server.create("many")) {
      for (List<Long> part : parts(numbers, 8)) {
        write(many, part, false);
        many.flush();
      }
      qualities.put("many segments", quality(many, 8, 0));
    }
    try (JudgedNamespace updated = server.create("updated")) {
      update(updated, numbers);
      // The first segment is gone by then, because none of its rows is alive.
      qualities.put("after updates and deletes", quality(updated, 4, 0));
    }
    try (JudgedNamespace live = server.create("live")) {
      List<List<Long>> parts = parts(numbers, 4);
      for (List<Long> part : parts.subList(0, 2)) {
        write(live, part, false);
        live.flush();
      }
      int rows = 0;
      for (List<Long> part : parts.subList(2, 4)) {
        write(live, part, false);
        rows += part.size();
      }
      qualities.put("part in the live buffer", quality(live, 2, rows));
    }
    return qualities;
  }

  /** Every second document has another text at first, and as many again are deleted. */
  private void update(JudgedNamespace namespace, List<Long> numbers) {
    List<Long> more = numbers.stream().map(number -> number + OTHERS).toList();
    write(namespace, numbers.stream().filter(number -> number % 2 == 0).toList(), true);
    namespace.flush();
    write(namespace, more, true);
    namespace.flush();
    for (List<Long> part : parts(numbers, 3)) {
      write(namespace, part, false);
      namespace.flush();
    }
    namespace.delete(more);
  }

  private Quality quality(JudgedNamespace namespace, int segments, int liveRows)
      throws IOException {
    namespace.requireState(segments, liveRows);
    return Quality.of(texts, query -> namespace.byText(query, DEPTH));
  }

  private static List<List<Long>> parts(List<Long> numbers, int count) {
    List<List<Long>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int now = i;
      parts.add(numbers.stream().filter(number -> number % count == now).toList());
    }
    return parts;
  }

  /**
   * @param wrong whether each has other words, too, which it must not have in the end
   */
  private void write(JudgedNamespace namespace, List<Long> numbers, boolean wrong) {
    Map<Long, String> written = new LinkedHashMap<>();
    for (long number : numbers) {
      String text = texts.documents().getOrDefault(number % OTHERS, "");
      written.put(number, wrong ? "other " + text + " other" : text);
    }
    namespace.upsert(written, Map.of());
  }
}
