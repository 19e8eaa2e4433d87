package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlossTest {

  @Test
  void aDefinitionAloneHasNoExamples() {
    assertThat(Gloss.parse("a short play")).isEqualTo(gloss("a short play"));
  }

  @Test
  void quotedSentencesBecomeExamples() {
    assertThat(
            Gloss.parse(
                "draw air into, and expel out of, the lungs; \"I can breathe better\"; \"He is"
                    + " respiring\""))
        .isEqualTo(
            gloss(
                "draw air into, and expel out of, the lungs",
                "I can breathe better",
                "He is respiring"));
  }

  @Test
  void aDefinitionThatGoesOnAfterAnExampleStaysWhole() {
    assertThat(Gloss.parse("first; \"an example\"; second"))
        .isEqualTo(gloss("first; second", "an example"));
  }

  @Test
  void aQuotationInsideTheDefinitionStaysThere() {
    assertThat(Gloss.parse("promise of reward as in \"carrot and stick\"; \"used the carrot\""))
        .isEqualTo(gloss("promise of reward as in \"carrot and stick\"", "used the carrot"));
  }

  @Test
  void whoIsQuotedIsLeftOut() {
    assertThat(Gloss.parse("full of grief; \"it made him look haggard\"- George du Maurier; worn"))
        .isEqualTo(gloss("full of grief; worn", "it made him look haggard"));
  }

  @Test
  void anExampleWithoutItsClosingMarkIsKept() {
    assertThat(Gloss.parse("to speak; \"he spoke")).isEqualTo(gloss("to speak", "he spoke"));
  }

  @Test
  void aGlossThatIsOnlyAQuotationIsItsDefinition() {
    assertThat(Gloss.parse("\"all there is\"")).isEqualTo(gloss("\"all there is\""));
  }

  private static Gloss gloss(String definition, String... examples) {
    return new Gloss(definition, List.of(examples));
  }
}
