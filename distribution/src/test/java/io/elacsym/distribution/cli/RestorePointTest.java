package io.elacsym.distribution.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class RestorePointTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static RestorePoint read(String text) {
    return RestorePoint.Converter.of(text, BERLIN);
  }

  @Test
  void digitsAreAVersion() {
    assertThat(read("12")).isEqualTo(new RestorePoint.Version(12));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T10:00:00Z,           2026-11-25T10:00:00Z",
    "2026-11-25T10:00:00.123456789Z, 2026-11-25T10:00:00.123456789Z",
    "2026-11-25T10:00:00+05:30,      2026-11-25T04:30:00Z",
    "2026-11-25T10:00,               2026-11-25T09:00:00Z",
    "2026-07-25 10:00:30,            2026-07-25T08:00:30Z",
    "2026-11-25 10:00:00Z,           2026-11-25T10:00:00Z"
  })
  void aTimeWithoutAZoneIsOneOfThisMachine(String text, Instant time) {
    assertThat(read(text)).isEqualTo(new RestorePoint.Time(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "2026-11-25", "10:00", "now", "99999999999999999999"})
  void anythingElseIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("a version such as 12")
        .hasMessageContaining("2026-11-25T10:00");
  }
}
