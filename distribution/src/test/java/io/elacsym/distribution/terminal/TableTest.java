package io.elacsym.distribution.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAlignedAndNumbersToTheRight() {
    Table table = new Table("name", "count");
    table.row("a", "1");
    table.row("longer", "1,234");
    assertThat(table.lines(80))
        .containsExactly("name    count", "------  -----", "a           1", "longer  1,234");
  }

  @Test
  void theWidestColumnIsCutToFit() {
    Table table = new Table("id", "text");
    table.row("1", "x".repeat(100));
    assertThat(table.lines(40)).allMatch(line -> line.length() <= 40);
    assertThat(table.lines(40).getLast()).endsWith("...");
  }

  @Test
  void figuresAreReadable() {
    assertThat(Figures.bytes(512)).isEqualTo("512 B");
    assertThat(Figures.bytes(1536)).isEqualTo("1.5 KB");
    assertThat(Figures.bytes(5L << 30)).isEqualTo("5.0 GB");
    assertThat(Figures.count(1234567)).isEqualTo("1,234,567");
    assertThat(Figures.of(1, "segment")).isEqualTo("1 segment");
    assertThat(Figures.of(2_000, "segment")).isEqualTo("2,000 segments");
  }
}
