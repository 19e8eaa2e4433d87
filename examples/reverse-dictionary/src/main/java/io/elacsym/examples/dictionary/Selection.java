package io.elacsym.examples.dictionary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chooses the few thousand meanings of the small dictionary: familiar words that have not too many
 * meanings, for a description should lead to one word.
 *
 * <p>The rule. Only plain words count (lower case, no space), with a definition of at least three
 * words; and only nouns for what one can point at or feel. A meaning's familiarity is how often
 * WordNet's tagged texts use it, plus, if it is what the word usually means, how many other
 * definitions and examples mention the word. That is divided by how many meanings the word has. The
 * most familiar of each word class are taken, by fixed shares. The choice depends on nothing else,
 * and a smaller choice is part of every larger one.
 */
final class Selection {

  private static final Pattern PLAIN_WORD = Pattern.compile("[a-z]{3,}");
  private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");
  private static final int LEAST_DEFINITION_WORDS = 3;

  private static final Set<String> NOUN_CATEGORIES =
      Set.of(
          "animal",
          "artifact",
          "body",
          "feeling",
          "food",
          "object",
          "person",
          "phenomenon",
          "state");

  private static final Map<PartOfSpeech, Double> SHARES =
      Map.of(
          PartOfSpeech.NOUN, 0.65,
          PartOfSpeech.VERB, 0.17,
          PartOfSpeech.ADJECTIVE, 0.15,
          PartOfSpeech.ADVERB, 0.03);

  private final List<Entry> all;
  private final Map<String, Integer> mentions = new HashMap<>();
  private final Map<String, Integer> meanings = new HashMap<>();

  private Selection(List<Entry> all) {
    this.all = all;
    for (Entry entry : all) {
      entry.words().forEach(word -> meanings.merge(word, 1, Integer::sum));
      for (String word : wordsOf(entry)) {
        if (!entry.words().contains(word)) {
          mentions.merge(word, 1, Integer::sum);
        }
      }
    }
  }

  /**
   * The most familiar meanings.
   *
   * @param all the whole dictionary
   * @param size about how many to take; less are returned when not so many fit the rule
   * @return the chosen entries in the order of their ids
   */
  static List<Entry> familiar(List<Entry> all, int size) {
    Selection selection = new Selection(all);
    List<Entry> chosen = new ArrayList<>();
    SHARES.forEach((partOfSpeech, share) ->
        chosen.addAll(selection.mostFamiliar(partOfSpeech, Math.round(share * size))));
    chosen.sort(Comparator.comparingLong(Entry::id));
    return chosen;
  }

  private List<Entry> mostFamiliar(PartOfSpeech partOfSpeech, long size) {
    return all.stream()
        .filter(entry -> entry.partOfSpeech() == partOfSpeech && isEligible(entry))
        .sorted(
            Comparator.comparingDouble(this::familiarity).reversed().thenComparingLong(Entry::id))
        .limit(size)
        .toList();
  }

  private static boolean isEligible(Entry entry) {
    return PLAIN_WORD.matcher(entry.word()).matches()
        && entry.text().split(" ", LEAST_DEFINITION_WORDS).length == LEAST_DEFINITION_WORDS
        && (entry.partOfSpeech() != PartOfSpeech.NOUN
            || NOUN_CATEGORIES.contains(entry.category()));
  }

  private double familiarity(Entry entry) {
    int mentioned = entry.mainSense() ? mentions.getOrDefault(entry.word(), 0) : 0;
    return (double) (entry.frequency() + mentioned) / meanings.getOrDefault(entry.word(), 1);
  }

  private static Set<String> wordsOf(Entry entry) {
    String text = entry.gloss().definition() + " " + String.join(" ", entry.gloss().examples());
    return new HashSet<>(List.of(NO_LETTERS.split(text.toLowerCase(Locale.ROOT))));
  }
}
