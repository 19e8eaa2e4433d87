package io.elacsym.index.bm25.analysis;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.el.GreekStemFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ro.RomanianNormalizationFilter;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/**
 * The steps of one language, in the order in which Lucene's own analyzer of that language takes
 * them. {@link LanguageAnalyzer} leaves out those that a field switches off.
 *
 * @param cutAffixes drops what is glued to a word: English 's, French l', Turkish 'nin
 * @param lowerCase the language's own rule
 * @param fold spellings made one before stop words are looked up
 * @param stopWords as they look after all steps so far
 * @param foldLate spellings made one after stop words are dropped
 * @param stem reduces words to stems
 */
public record Language(
    UnaryOperator<TokenStream> cutAffixes,
    UnaryOperator<TokenStream> lowerCase,
    UnaryOperator<TokenStream> fold,
    CharArraySet stopWords,
    UnaryOperator<TokenStream> foldLate,
    UnaryOperator<TokenStream> stem) {

  /** As in Lucene's French and Italian analyzers; the Italian list is private there. */
  private static final CharArraySet ITALIAN_ARTICLES =
      new CharArraySet(
          List.of(
              "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl",
              "degl", "negl", "sugl", "un", "m", "t", "s", "v", "d"),
          true);

  /** Words that the Dutch stemmer gets wrong, as in Lucene's Dutch analyzer. */
  private static final Map<String, String> DUTCH_STEMS =
      Map.of("fiets", "fiets", "bromfiets", "bromfiets", "ei", "eier", "kind", "kinder");

  /** Suppliers, because each language reads its stop words from a file. */
  private static final Map<String, Supplier<Language>> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("arabic", Language::arabic),
              Map.entry("danish", Language::danish),
              Map.entry("dutch", Language::dutch),
              Map.entry("english", Language::english),
              Map.entry("finnish", Language::finnish),
              Map.entry("french", Language::french),
              Map.entry("german", Language::german),
              Map.entry("greek", Language::greek),
              Map.entry("hungarian", Language::hungarian),
              Map.entry("italian", Language::italian),
              Map.entry("norwegian", Language::norwegian),
              Map.entry("portuguese", Language::portuguese),
              Map.entry("romanian", Language::romanian),
              Map.entry("russian", Language::russian),
              Map.entry("spanish", Language::spanish),
              Map.entry("swedish", Language::swedish),
              Map.entry("tamil", Language::tamil),
              Map.entry("turkish", Language::turkish)));

  /** The names of all languages, sorted. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(BY_NAME.keySet());
  }

  /** The language called {@code name}; an unknown one is an invalid request. */
  static Language of(String name) {
    Supplier<Language> language = BY_NAME.get(name);
    if (language == null) {
      throw ElacsymException.invalid(
          "language is '" + name + "', expected one of " + BY_NAME.keySet());
    }
    return language.get();
  }

  private static Language arabic() {
    return plain(ArabicAnalyzer.getDefaultStopSet(), ArabicStemFilter::new)
        .folding(DecimalDigitFilter::new)
        .foldingLate(ArabicNormalizationFilter::new);
  }

  private static Language danish() {
    return snowball(DanishAnalyzer.getDefaultStopSet(), DanishStemmer::new);
  }

  private static Language dutch() {
    return plain(DutchAnalyzer.getDefaultStopSet(), dutchStems());
  }

  private static Language english() {
    return plain(EnglishAnalyzer.getDefaultStopSet(), PorterStemFilter::new)
        .cutting(EnglishPossessiveFilter::new);
  }

  private static Language finnish() {
    return snowball(FinnishAnalyzer.getDefaultStopSet(), FinnishStemmer::new);
  }

  private static Language french() {
    return plain(FrenchAnalyzer.getDefaultStopSet(), FrenchLightStemFilter::new)
        .cutting(in -> new ElisionFilter(in, FrenchAnalyzer.DEFAULT_ARTICLES));
  }

  private static Language german() {
    return plain(GermanAnalyzer.getDefaultStopSet(), GermanLightStemFilter::new)
        .foldingLate(GermanNormalizationFilter::new);
  }

  private static Language greek() {
    return plain(GreekAnalyzer.getDefaultStopSet(), GreekStemFilter::new)
        .lowering(GreekLowerCaseFilter::new);
  }

  private static Language hungarian() {
    return snowball(HungarianAnalyzer.getDefaultStopSet(), HungarianStemmer::new);
  }

  private static Language italian() {
    return plain(ItalianAnalyzer.getDefaultStopSet(), ItalianLightStemFilter::new)
        .cutting(in -> new ElisionFilter(in, ITALIAN_ARTICLES));
  }

  private static Language norwegian() {
    return snowball(NorwegianAnalyzer.getDefaultStopSet(), NorwegianStemmer::new);
  }

  private static Language portuguese() {
    return plain(PortugueseAnalyzer.getDefaultStopSet(), PortugueseLightStemFilter::new);
  }

  private static Language romanian() {
    return snowball(RomanianAnalyzer.getDefaultStopSet(), RomanianStemmer::new)
        .foldingLate(RomanianNormalizationFilter::new);
  }

  private static Language russian() {
    return snowball(RussianAnalyzer.getDefaultStopSet(), RussianStemmer::new);
  }

  private static Language spanish() {
    return plain(SpanishAnalyzer.getDefaultStopSet(), SpanishLightStemFilter::new);
  }

  private static Language swedish() {
    return snowball(SwedishAnalyzer.getDefaultStopSet(), SwedishStemmer::new);
  }

  private static Language tamil() {
    return snowball(TamilAnalyzer.getDefaultStopSet(), TamilStemmer::new)
        .folding(in -> new IndicNormalizationFilter(new DecimalDigitFilter(in)));
  }

  private static Language turkish() {
    return snowball(TurkishAnalyzer.getDefaultStopSet(), TurkishStemmer::new)
        .cutting(ApostropheFilter::new)
        .lowering(TurkishLowerCaseFilter::new);
  }

  private static Language snowball(CharArraySet stopWords, Supplier<SnowballStemmer> stemmer) {
    return plain(stopWords, in -> new SnowballFilter(in, stemmer.get()));
  }

  private static Language plain(CharArraySet stopWords, UnaryOperator<TokenStream> stem) {
    return new Language(
        UnaryOperator.identity(),
        LowerCaseFilter::new,
        UnaryOperator.identity(),
        stopWords,
        UnaryOperator.identity(),
        stem);
  }

  private Language cutting(UnaryOperator<TokenStream> step) {
    return new Language(step, lowerCase, fold, stopWords, foldLate, stem);
  }

  private Language lowering(UnaryOperator<TokenStream> step) {
    return new Language(cutAffixes, step, fold, stopWords, foldLate, stem);
  }

  private Language folding(UnaryOperator<TokenStream> step) {
    return new Language(cutAffixes, lowerCase, step, stopWords, foldLate, stem);
  }

  private Language foldingLate(UnaryOperator<TokenStream> step) {
    return new Language(cutAffixes, lowerCase, fold, stopWords, step, stem);
  }

  private static UnaryOperator<TokenStream> dutchStems() {
    StemmerOverrideFilter.Builder builder = new StemmerOverrideFilter.Builder(false);
    DUTCH_STEMS.forEach(builder::add);
    StemmerOverrideFilter.StemmerOverrideMap stems;
    try {
      stems = builder.build();
    } catch (IOException e) {
      throw new AssertionError("a map in memory", e);
    }
    return in -> new SnowballFilter(new StemmerOverrideFilter(in, stems), new DutchStemmer());
  }
}
