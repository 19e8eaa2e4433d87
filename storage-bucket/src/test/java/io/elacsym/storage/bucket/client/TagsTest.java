package io.elacsym.storage.bucket.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTest {
  /** Only the quotes around a tag are not part of it: what is sent back must be what was said. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "\"abc\", abc",
        "abc, abc",
        "\"a\"b\", a\"b",
        "\", \"",
        "\"\", ''",
        "W/\"abc\", W/\"abc\"",
      })
  void theQuotesOfAHeaderAreNotPartOfTheTag(String eTag, String tag) {
    assertThat(Tags.ofHeader(eTag)).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"\"abc\"", "\"a\"b\"", "\"\""})
  void aTagComesBackAsItWas(String tag) {
    assertThat(Tags.toHeader(Tags.ofHeader(tag))).isEqualTo(tag);
  }
}
