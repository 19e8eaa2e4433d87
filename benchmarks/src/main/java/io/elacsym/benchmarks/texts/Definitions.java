package io.elacsym.benchmarks.texts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * The definitions of WordNet 3.1 as texts.
 *
 * @param texts as many as were wanted; when there are fewer definitions, they come again, each with
 *     the beginning of another one behind it
 * @param different how many definitions there are
 */
record Definitions(List<String> texts, int different) {
  static Definitions read(int count, long seed) {
    List<String> all = new ArrayList<>();
    try {
      Dictionary dictionary = Dictionary.getDefaultResourceInstance();
      for (POS partOfSpeech : POS.getAllPOS()) {
        Iterator<Synset> synsets = dictionary.getSynsetIterator(partOfSpeech);
        while (synsets.hasNext()) {
          all.add(synsets.next().getGloss());
        }
      }
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet on the class path cannot be read", e);
    }
    Random random = new Random(seed);
    Collections.shuffle(all, random);
    List<String> texts = new ArrayList<>(all.subList(0, Math.min(count, all.size())));
    while (texts.size() < count) {
      String other = all.get(random.nextInt(all.size()));
      texts.add(
          all.get(texts.size() % all.size())
              + " "
              + other.substring(0, random.nextInt(other.length() + 1)));
    }
    return new Definitions(texts, all.size());
  }

  boolean areRepeated() {
    return texts.size() > different;
  }
}
