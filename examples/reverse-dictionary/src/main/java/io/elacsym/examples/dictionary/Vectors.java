package io.elacsym.examples.dictionary;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The vectors of entries: taken from the cache file, or computed and put there. */
final class Vectors {

  /** Small enough that a cancelled run ends at once, large enough to cost nothing. */
  private static final int TEXTS_PER_TASK = 32;

  private final EmbeddingCache cache;

  Vectors(EmbeddingCache cache) {
    this.cache = cache;
  }

  /**
   * Embeds the entries whose vectors are not in the cache yet. Nothing computed is lost when this
   * is stopped half way.
   *
   * @param embedder called only if there is something to embed, since loading a model takes a while
   * @param threads how many texts are embedded at a time
   */
  void computeMissing(List<Entry> entries, Supplier<Embedder> embedder, int threads, Screen screen)
      throws IOException, InterruptedException {
    List<Entry> missing =
        entries.stream().filter(entry -> cache.get(entry.id(), entry.text()).isEmpty()).toList();
    if (missing.isEmpty()) {
      return;
    }
    Embedder model = embedder.get();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (Progress progress = new Progress(screen, "Embedding", "texts", missing.size())) {
      CompletionService<Integer> tasks = new ExecutorCompletionService<>(workers);
      int started = 0;
      for (int from = 0; from < missing.size(); from += TEXTS_PER_TASK) {
        List<Entry> texts = missing.subList(from, Math.min(from + TEXTS_PER_TASK, missing.size()));
        tasks.submit(embedAll(texts, model));
        started++;
      }
      for (int done = 0; done < started; done++) {
        progress.step(tasks.take().get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("a text cannot be embedded", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private Callable<Integer> embedAll(List<Entry> entries, Embedder embedder) {
    return () -> {
      for (Entry entry : entries) {
        cache.put(entry.id(), entry.text(), embedder.embed(entry.text()));
      }
      return entries.size();
    };
  }

  /** The vector of an entry that has been computed before. */
  float[] of(Entry entry) {
    return cache
        .get(entry.id(), entry.text())
        .orElseThrow(() -> new IllegalStateException("no vector for document " + entry.id()));
  }
}
