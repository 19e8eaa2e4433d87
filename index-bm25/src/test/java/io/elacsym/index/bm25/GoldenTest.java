package io.elacsym.index.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.tck.MemoryBlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A blob of version 2, written once: every later release must read it. */
class GoldenTest {
  /** Rows 0 to 999: a fixed arithmetic instead of a random generator that may change. */
  private static final Corpus CORPUS = new Corpus(1000, rows());

  private static Map<Integer, List<String>> rows() {
    Map<Integer, List<String>> rows = new TreeMap<>();
    for (int row = 0; row < 1000; row++) {
      if (row % 7 == 3) {
        continue;
      }
      StringBuilder text = new StringBuilder("every");
      for (int word = 0; word < row % 83; word++) {
        text.append(" w").append((row * 31 + word * word * 17) % (word + 5));
      }
      rows.put(row, List.of(text.toString(), "value" + row));
    }
    return rows;
  }

  private static MemoryBlobSource golden() throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/bm25-v2.bin")) {
      return new MemoryBlobSource(Objects.requireNonNull(in, "golden blob").readAllBytes());
    }
  }

  @Test
  void aBlobOfVersion2IsRead() throws IOException {
    try (TextIndexReader golden = CORPUS.open(golden());
        TextIndexReader now = CORPUS.live()) {
      RowSet all = RowSet.all(CORPUS.size());
      for (List<String> terms :
          List.of(List.of("everi"), List.of("w1", "w30", "value999"), List.of("w7", "nothing"))) {
        assertThat(golden.statistics(terms, all)).isEqualTo(now.statistics(terms, all));
        TextQuery query = new TextQuery(terms, now.statistics(terms, all), 1000, all);
        TextHits hits = golden.search(query);
        assertThat(hits.rows()).isNotEmpty().containsExactly(now.search(query).rows());
        assertThat(hits.scores()).containsExactly(now.search(query).scores());
      }
    }
  }

  @Test
  void version2IsStillWrittenTheSameWay() throws IOException {
    assertThat(CORPUS.blob().bytes()).containsExactly(golden().bytes());
  }

  /** Writes the golden blob to the given file: once per version. */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), CORPUS.blob().bytes());
  }
}
