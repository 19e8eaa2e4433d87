package io.elacsym.examples.dictionary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/** Reads the WordNet 3.1 files that are on the class path. */
final class WordNet {

  private WordNet() {}

  /** All synsets, in the order of their ids: nouns, verbs, adjectives, adverbs. */
  static List<Entry> readAll() {
    List<Entry> entries = new ArrayList<>();
    try {
      Dictionary dictionary = Dictionary.getDefaultResourceInstance();
      for (PartOfSpeech partOfSpeech : PartOfSpeech.values()) {
        Map<String, Long> mainSenses = mainSenses(dictionary, partOfSpeech);
        Iterator<Synset> synsets = dictionary.getSynsetIterator(partOfSpeech.wordNetName());
        while (synsets.hasNext()) {
          entries.add(entry(partOfSpeech, synsets.next(), mainSenses));
        }
      }
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet on the class path cannot be read", e);
    }
    entries.sort(Comparator.comparingLong(Entry::id));
    return entries;
  }

  /** Each word's most usual meaning, as the offset of its synset: WordNet lists it first. */
  private static Map<String, Long> mainSenses(Dictionary dictionary, PartOfSpeech partOfSpeech)
      throws JWNLException {
    Map<String, Long> mainSenses = new HashMap<>();
    Iterator<IndexWord> words = dictionary.getIndexWordIterator(partOfSpeech.wordNetName());
    while (words.hasNext()) {
      IndexWord word = words.next();
      mainSenses.put(word.getLemma(), word.getSynsetOffsets()[0]);
    }
    return mainSenses;
  }

  private static Entry entry(
      PartOfSpeech partOfSpeech, Synset synset, Map<String, Long> mainSenses) {
    List<Word> words = synset.getWords();
    Long mainSense = mainSenses.get(words.getFirst().getLemma().toLowerCase(Locale.ROOT));
    return new Entry(
        partOfSpeech.documentId(synset.getOffset()),
        words.stream().map(Word::getLemma).toList(),
        partOfSpeech,
        category(synset.getLexFileName()),
        Gloss.parse(synset.getGloss()),
        words.stream().mapToInt(Word::getUseCount).sum(),
        mainSense != null && mainSense == synset.getOffset());
  }

  /** {@code noun.animal} becomes {@code animal}: the word class has an attribute of its own. */
  private static String category(String lexicographerFile) {
    return lexicographerFile.substring(lexicographerFile.indexOf('.') + 1);
  }
}
