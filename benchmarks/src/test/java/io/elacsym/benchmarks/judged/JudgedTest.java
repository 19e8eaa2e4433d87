package io.elacsym.benchmarks.judged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where {@code -Delacsym.judged=DIR} tells where a judged collection is. */
class JudgedTest {
  @Test
  void rankingsAreAsGoodAsThoseOfPlainLuceneInEveryState(@TempDir Path folder) throws IOException {
    String data = System.getProperty("elacsym.judged", "");
    assumeTrue(!data.isEmpty(), "skipped: elacsym.judged does not name a judged collection");
    JudgedTexts texts = JudgedTexts.read(Path.of(data));
    Quality lucene = Quality.of(texts, new PlainLucene(texts.documents()));
    System.out.println("plain Lucene: " + lucene);
    Map<String, Quality> states = new States(texts, folder).qualities();
    assertThat(states).hasSize(4);
    states.forEach((state, quality) -> {
      System.out.println(state + ": " + quality);
      assertThat(quality.equals3(lucene))
          .as(state + ": " + quality + ", Lucene " + lucene)
          .isTrue();
    });
  }
}
