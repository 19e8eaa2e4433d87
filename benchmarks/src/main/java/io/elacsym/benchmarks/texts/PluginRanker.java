package io.elacsym.benchmarks.texts;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextToken;
import io.elacsym.engine.model.Expansion;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.TestContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The text index of the same texts without the engine around it, as the SPI is used. */
final class PluginRanker implements Ranker {
  private static final TextField FIELD = new TextField("text", TextAnalysis.DEFAULT);

  private final TextAnalyzer analyzer;
  private final TextIndexReader reader;
  private final RowSet all;

  PluginRanker(TextIndexProvider provider, List<String> texts) {
    TestContext context = TestContext.of(provider);
    MemoryBlobSink sink = new MemoryBlobSink();
    try (TextIndexWriter writer = provider.writer(FIELD, texts.size(), sink, context)) {
      for (int row = 0; row < texts.size(); row++) {
        writer.add(row, List.of(texts.get(row)));
      }
      writer.finish();
    }
    this.analyzer = provider.analyzer(FIELD, context);
    this.reader = provider.open(FIELD, sink.source(), provider.encoding(), texts.size(), context);
    this.all = RowSet.all(texts.size());
  }

  @Override
  public double[] best(Asked asked) {
    Optional<TextClause> clause = clause(asked);
    if (clause.isEmpty()) {
      return new double[0];
    }
    List<String> terms = clause.get().terms().toList();
    TextHits hits =
        reader.search(new TextQuery(clause.get(), reader.statistics(terms, all), TOP, all));
    return IntStream.range(0, hits.rows().length).mapToDouble(i -> hits.scores()[i]).toArray();
  }

  private Optional<TextClause> clause(Asked asked) {
    if (asked.kind() == Asked.Kind.PREFIX) {
      TermPattern prefix = new TermPattern.Prefix(asked.text().toLowerCase(Locale.ROOT));
      return Optional.of(new TextClause.Forms(reader.terms(prefix, all, Expansion.DEFAULT)));
    }
    List<TextToken> tokens = analyzer.tokens(asked.text());
    List<String> terms = tokens.stream().map(TextToken::term).toList();
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    if (asked.kind() == Asked.Kind.PHRASE && terms.size() > 1) {
      return Optional.of(
          new TextClause.Phrase(
              tokens.stream()
                  .map(token -> new TextClause.PlacedTerm(token.term(), token.position()))
                  .toList(),
              0));
    }
    return Optional.of(
        terms.size() == 1 ? new TextClause.Term(terms.getFirst()) : TextClause.anyOf(terms));
  }

  @Override
  public void close() {
    reader.close();
  }
}
