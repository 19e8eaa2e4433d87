package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAlignedAndGlossesAreCutToTheWidth() {
    JsonNode results =
        results(
            """
            {"results":[
              {"id":1,"score":0.75123,"attributes":{"word":"astronomer","pos":"noun","gloss":"a physicist who studies astronomy"}},
              {"id":2,"score":123.456,"attributes":{"word":"far","pos":"adjective","gloss":"at a great distance"}}]}
            """);

    assertThat(Table.lines(results, 60))
        .containsExactly(
            "  word        pos          score  gloss",
            "  astronomer  noun        0.7512  a physicist who studies...",
            "  far         adjective   123.46  at a great distance");
    assertThat(Table.lines(results, 60))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
  }

  @Test
  void aMissingAttributeOrScoreLeavesItsColumnEmpty() {
    assertThat(
            Table.lines(
                results("{\"results\":[{\"id\":1,\"attributes\":{\"word\":\"far\"}}]}"), 60))
        .containsExactly("  word  pos    score  gloss", "  far              -");
  }

  @Test
  void noResultsAreSaidPlainly() {
    assertThat(Table.lines(results("{\"results\":[]}"), 60)).containsExactly("  (nothing found)");
  }

  @Test
  void aLongWordIsCut() {
    assertThat(Table.cut("antidisestablishmentarianism", 24)).isEqualTo("antidisestablishmenta...");
  }

  private static JsonNode results(String answer) {
    return Json.parse(answer).path("results");
  }
}
