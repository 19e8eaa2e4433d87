package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** WordNet as it is read, and the choice of the small dictionary. */
class DictionaryTest {

  private static final List<Entry> ALL = WordNet.readAll();

  @Test
  void everySynsetIsReadOnceWithAStableId() {
    assertThat(ALL).hasSize(117_791);
    assertThat(ALL.stream().map(Entry::id).distinct().count()).isEqualTo(ALL.size());
    assertThat(ALL).allSatisfy(entry -> assertThat(entry.text()).isNotBlank());

    Entry breathe =
        ALL.stream().filter(entry -> entry.id() == 200_001_740L).findFirst().orElseThrow();
    assertThat(breathe.words()).containsExactly("breathe", "take a breath", "respire", "suspire");
    assertThat(breathe.partOfSpeech()).isEqualTo(PartOfSpeech.VERB);
    assertThat(breathe.category()).isEqualTo("body");
    assertThat(breathe.mainSense()).isTrue();
    assertThat(breathe.text()).isEqualTo("draw air into, and expel out of, the lungs");
    assertThat(breathe.gloss().examples()).contains("The patient is respiring");
  }

  @Test
  void theSmallDictionaryHoldsTheWordsTheTourAsksFor() {
    assertThat(Selection.familiar(ALL, 5_000).stream().map(Entry::word).collect(Collectors.toSet()))
        .contains("astronomer", "claustrophobia", "barometer", "whisper", "veterinarian", "violin");
  }

  @Test
  void aSmallerChoiceIsPartOfALargerOneAndHasEveryWordClass() {
    List<Entry> small = Selection.familiar(ALL, 1_000);
    List<Entry> large = Selection.familiar(ALL, 5_000);

    assertThat(small).hasSize(1_000);
    assertThat(large).hasSize(5_000);
    assertThat(new HashSet<>(large)).containsAll(small);
    assertThat(small.stream().map(Entry::partOfSpeech).distinct())
        .containsExactlyInAnyOrder(PartOfSpeech.values());
  }
}
