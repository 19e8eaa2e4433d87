package io.elacsym.index.bm25;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHighlight;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.index.bm25.analysis.Language;
import io.elacsym.index.bm25.analysis.LanguageAnalyzer;
import io.elacsym.index.bm25.blob.v2.BlobBytes;
import io.elacsym.index.bm25.blob.v2.BlobLayout;
import io.elacsym.index.bm25.blob.v2.Bm25Reader;
import io.elacsym.index.bm25.blob.v2.Bm25Writer;
import io.elacsym.index.bm25.live.LiveBm25Index;
import io.elacsym.index.bm25.search.Highlighter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.SmallFloat;

/** The text index {@code bm25}. */
public final class Bm25IndexProvider implements TextIndexProvider {
  private static final Encoding ENCODING =
      new Encoding("bm25", BlobLayout.VERSION, Set.of(LanguageAnalyzer.FEATURE));

  @Override
  public String name() {
    return ENCODING.name();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "BM25 over Lucene's postings, with the analyzers of 18 languages";
  }

  @Override
  public Encoding encoding() {
    return ENCODING;
  }

  /** Of earlier versions it is known what they were, which is enough to build them anew. */
  @Override
  public boolean canRead(Encoding stored) {
    return new Encoding(ENCODING.name(), ENCODING.version(), LanguageAnalyzer.KNOWN_FEATURES)
        .reads(stored);
  }

  /** Version 1 had no positions, and is not read any more. */
  @Override
  public boolean isCurrent(Encoding stored) {
    return stored.version() == ENCODING.version()
        && stored.features().contains(LanguageAnalyzer.FEATURE);
  }

  @Override
  public Set<String> languages() {
    return Language.names();
  }

  @Override
  public TextAnalyzer analyzer(TextField field, PluginContext context) {
    return new LanguageAnalyzer(checked(field), context::checkCancelled);
  }

  @Override
  public TextIndexWriter writer(
      TextField field, int segmentRows, BlobSink sink, PluginContext context) {
    return new Bm25Writer(checked(field), segmentRows, sink, context);
  }

  @Override
  public LiveTextIndex live(TextField field, PluginContext context) {
    return new LiveBm25Index(checked(field), context::checkCancelled);
  }

  @Override
  public TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context) {
    return Bm25Reader.open(
        checked(field), source, BlobBytes.Plan.DEFAULT, segmentRows, context::checkCancelled);
  }

  @Override
  public int roundedLength(int length) {
    return SmallFloat.byte4ToInt(SmallFloat.intToByte4(length));
  }

  @Override
  public Optional<List<String>> highlight(
      TextField field, TextHighlight wanted, List<String> values, PluginContext context) {
    return Optional.of(
        new Highlighter(new LanguageAnalyzer(checked(field)), context::checkCancelled)
            .pieces(wanted, values));
  }

  private static TextAnalysis checked(TextField field) {
    TextAnalysis analysis = field.analysis();
    if (!(analysis.k1() > 0 && analysis.k1() < Float.POSITIVE_INFINITY)) {
      throw ElacsymException.invalid(
          field.name() + ": k1 is " + analysis.k1() + ", expected a number greater than 0");
    }
    if (!(analysis.b() >= 0 && analysis.b() <= 1)) {
      throw ElacsymException.invalid(
          field.name() + ": b is " + analysis.b() + ", expected a number from 0 to 1");
    }
    return analysis;
  }
}
