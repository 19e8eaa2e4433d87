package io.elacsym.index.bm25.analysis;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** A text in each language, and Lucene's own analyzer of that language to compare with. */
final class Samples {
  /**
   * @param text has capitals (where the script has them), stop words, inflected words
   * @param lucene the oracle
   */
  record Sample(String text, Analyzer lucene) {}

  private static final Map<String, Sample> ALL = new TreeMap<>();

  static {
    add(
        "arabic",
        new ArabicAnalyzer(),
        "ذهب الأولاد إلى المدرسة الكبيرة في الصباح، ثم عادوا من المكتبة ومعهم ٢٥ كتابًا والمعلمون"
            + " يكتبون الرسائل. Lucene Test ــ مـــدرسة");
    add(
        "danish",
        new DanishAnalyzer(),
        "Børnene løb hurtigt gennem Skovene, og de havde ikke set Hundene, som var undersøgelserne"
            + " af bøgerne værd.");
    add(
        "dutch",
        new DutchAnalyzer(),
        "De Kinderen fietsten naar hun scholen; een kind had twee fietsen en de bromfiets, het ei en"
            + " de eieren lagen lichamelijk in de Huizen.");
    add(
        "english",
        new EnglishAnalyzer(),
        "The Children's running dogs were happily chasing the neighbour's cats, and it's NOT the"
            + " first time: 42 relational databases in Stores");
    add(
        "finnish",
        new FinnishAnalyzer(),
        "Lapset juoksivat Metsissä ja he olivat nähneet koiransa, joka oli edeltäjistään"
            + " taloissamme eikä kirjastojen.");
    add(
        "french",
        new FrenchAnalyzer(),
        "L'Élève de l’école aujourd'hui n'avait pas les chevaux qu'il cherchait; les élèves"
            + " continuellement s'amusaient dans les Jardins d'Habitations.");
    add(
        "german",
        new GermanAnalyzer(),
        "Die Häuser und die Straßen der großen Städte waren nicht so schön wie die Bücher, die Kinder"
            + " im Haeuschen Mädchen lasen.");
    add(
        "greek",
        new GreekAnalyzer(),
        "Τα Παιδιά έτρεξαν στο σχολείο και οι ΔΑΣΚΑΛΟΙ έγραφαν πολύ καλά βιβλία για τους μαθητές της"
            + " πόλης. Προϋποθέσεις Άψογος μεστός");
    add(
        "hungarian",
        new HungarianAnalyzer(),
        "A Gyerekek az iskolákban olvastak, és a könyvek nem voltak a házakban, hanem a tanítókkal"
            + " babakocsijáért.");
    add(
        "italian",
        new ItalianAnalyzer(),
        "L'Amico dell'insegnante non abbandonata nelle Scuole, e gli studenti c'erano con i libri"
            + " d'autore dall'Italia nell’aula quest'anno.");
    add(
        "norwegian",
        new NorwegianAnalyzer(),
        "Barna løp gjennom Skogene, og de hadde ikke sett hundene som var havnedistriktene"
            + " verdt bøkenes skyld.");
    add(
        "portuguese",
        new PortugueseAnalyzer(),
        "As Crianças não correram pelas escolas, e os professores escreviam livros para os"
            + " estudantes das Cidades quilométricas felizmente.");
    add(
        "romanian",
        new RomanianAnalyzer(),
        "Copiii au alergat prin Școli și nu şi-au văzut cărţile, iar profesorii scriau absenţa"
            + " studenților din orașele frumoase.");
    add(
        "russian",
        new RussianAnalyzer(),
        "Дети бежали в Школы, и учителя не писали книги для студентов, которые были в больших"
            + " городах вместе с ёлками.");
    add(
        "spanish",
        new SpanishAnalyzer(),
        "Los Niños no corrieron por las escuelas, y los profesores escribían libros para los"
            + " estudiantes de las Ciudades chicanas.");
    add(
        "swedish",
        new SwedishAnalyzer(),
        "Barnen sprang genom Skogarna, och de hade inte sett hundarna som var jaktkarlarne"
            + " värda böckernas skull.");
    add(
        "tamil",
        new TamilAnalyzer(),
        "குழந்தைகள் பள்ளிக்கு சென்றார்கள் மற்றும் ஆசிரியர்கள் ஒரு புத்தகங்களை எழுதினார்கள் என்று"
            + " நண்பர்களே ௨௫ Test Lucene");
    add(
        "turkish",
        new TurkishAnalyzer(),
        "İstanbul'un Çocukları okula koştular ve ÖĞRETMENLER IŞIK için kitapları yazdılar, ama"
            + " Türkiye'deki ağacı görmediler.");
  }

  private Samples() {}

  static Set<String> languages() {
    return ALL.keySet();
  }

  static Sample of(String language) {
    return Objects.requireNonNull(ALL.get(language), language);
  }

  private static void add(String language, Analyzer lucene, String text) {
    ALL.put(language, new Sample(text, lucene));
  }
}
