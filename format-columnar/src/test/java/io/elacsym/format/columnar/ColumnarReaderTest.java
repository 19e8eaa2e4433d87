package io.elacsym.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnarReaderTest {
  private final NumbersFile file = new NumbersFile(10, 4);
  private final SegmentReader reader = ColumnarReader.open("Numbers", () -> file);

  @Test
  void aFileIsAskedForRowsInOrderAndOnceAndTheResultIsAsAsked() {
    ColumnBatch fetched = reader.fetch(new int[] {7, 2, 7, 9}, List.of("b", "a"));
    assertThat(file.calls).containsExactly("fetch [2, 7, 9]");
    assertThat(fetched.columns().keySet()).containsExactly("b", "a");
    assertThat(fetched.rows()).isEqualTo(4);
    assertThat(fetched.column("b").longs()).startsWith(7, 2, 7, 9);
    assertThat(fetched.column("a").longs()).startsWith(7, 2, 7, 9);
  }

  @Test
  void aScanGoesToTheLastRowWhateverTheFileGivesAtOnce() {
    try (BatchCursor cursor = reader.scan(List.of("a"), 1, 6)) {
      assertThat(NumbersFile.numbers(cursor.next(), "a")).contains(new long[] {1, 2, 3, 4});
      assertThat(NumbersFile.numbers(cursor.next(), "a")).contains(new long[] {5, 6, 7, 8});
      assertThat(NumbersFile.numbers(cursor.next(), "a")).contains(new long[] {9});
      assertThat(cursor.next()).isEmpty();
    }
    assertThat(file.calls).containsExactly("scan 1", "next 6", "next 5", "next 1", "close scan");
  }

  @Test
  void aClosedScanIsAtItsEnd() {
    BatchCursor cursor = reader.scan(List.of("a"), 0, 1);
    cursor.close();
    assertThat(cursor.next()).isEmpty();
    assertThat(file.calls).containsExactly("scan 0", "close scan");
  }

  @Test
  void batchesAreBoundedHoweverManyRowsAreAskedFor() {
    NumbersFile large = new NumbersFile(20_000, Integer.MAX_VALUE);
    SegmentReader whole = ColumnarReader.open("Numbers", () -> large);
    try (BatchCursor cursor = whole.scan(List.of("a"), 0, Integer.MAX_VALUE)) {
      assertThat(cursor.next().orElseThrow().rows()).isEqualTo(8192);
    }
  }

  @Test
  void whatTheFileDoesNotHaveIsNotAskedOfIt() {
    List<String> a = List.of("a");
    assertIllegal(() -> reader.fetch(new int[] {0, 10}, a), "row 10 of 10");
    assertIllegal(() -> reader.fetch(new int[] {-1}, a), "row -1 of 10");
    assertIllegal(() -> reader.fetch(new int[0], List.of("c")), "no column c among");
    assertIllegal(() -> reader.statistics("c"), "no column c among");
    assertIllegal(() -> reader.scan(List.of("c"), 0, 1).close(), "no column c among");
    assertIllegal(() -> reader.scan(a, 11, 1).close(), "from row 11 of 10");
    assertIllegal(() -> reader.scan(a, -1, 1).close(), "from row -1");
    assertIllegal(() -> reader.scan(a, 0, 0).close(), "batches of 0");
    assertThat(file.calls).isEmpty();
  }

  private static void assertIllegal(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whateverTheLibraryThrowsTheFileIsCorrupt() {
    assertCorrupt(() -> reader.statistics("a"), "the Numbers file", "no statistics of a");
    assertCorrupt(
        () ->
            ColumnarReader.open(
                "Numbers",
                () -> {
                  throw new IOException("cut off");
                }),
        "the Numbers file",
        "cut off");
    assertCorrupt(
        () ->
            ColumnarReader.open(
                "Numbers",
                () -> {
                  throw new ArrayIndexOutOfBoundsException("at 7");
                }),
        "the Numbers file",
        "at 7");
  }

  private static void assertCorrupt(Runnable call, String... messages) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
        .hasMessageContainingAll(messages);
  }

  @Test
  void aFailureThatIsOursAlreadyStaysWhatItIs() {
    ElacsymException away = ElacsymException.unavailable("away", new IOException());
    assertThatThrownBy(() ->
            ColumnarReader.open(
                "Numbers",
                () -> {
                  throw away;
                }))
        .isSameAs(away);
  }

  @Test
  void closingClosesTheFile() {
    reader.close();
    assertThat(file.calls).containsExactly("close");
  }
}
