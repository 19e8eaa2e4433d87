package io.elacsym.tck.reference;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextClause.PlacedTerm;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHighlight;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.TextTokenizer;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.tck.oracle.ReferenceBm25;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the terms of all rows and asks the formula. English only, with a stemmer of one rule. */
public final class PlainTextIndex implements TextIndexProvider {
  private static final int MAGIC = 0x54657874;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
  private static final Pattern PIECE = Pattern.compile("\\S+");
  private static final Pattern WHOLE = Pattern.compile(".+", Pattern.DOTALL);
  private static final Set<String> STOPWORDS = Set.of("a", "and", "of", "the");

  @Override
  public String name() {
    return "plain-text";
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "BM25 over all rows.";
  }

  @Override
  public Encoding encoding() {
    return Encoding.of("plain-text", 1);
  }

  @Override
  public Set<String> languages() {
    return Set.of("english");
  }

  @Override
  public TextAnalyzer analyzer(TextField field, PluginContext context) {
    return text -> tokens(field.analysis(), text);
  }

  private static List<TextToken> tokens(TextAnalysis analysis, String text) {
    List<TextToken> tokens = new ArrayList<>();
    int longest =
        analysis.maxTokenLength() == TextAnalysis.MAX_TOKEN_LENGTH
            ? Integer.MAX_VALUE
            : analysis.maxTokenLength();
    int position = 0;
    for (MatchResult piece : pieces(analysis.tokenizer(), text)) {
      String word = piece.group();
      if (word.codePointCount(0, word.length()) <= longest) {
        String cased = analysis.caseSensitive() ? word : word.toLowerCase(Locale.ROOT);
        if (!(analysis.removeStopwords() && STOPWORDS.contains(cased))) {
          tokens.add(new TextToken(term(analysis, cased), position, piece.start(), piece.end()));
        }
      }
      position++;
    }
    return tokens;
  }

  private static String term(TextAnalysis analysis, String word) {
    String stem = analysis.stemming() ? word.replaceFirst("(ing|es|s)$", "") : word;
    return analysis.asciiFolding()
        ? Normalizer.normalize(stem, Normalizer.Form.NFD).replaceAll("\\p{M}", "")
        : stem;
  }

  private static List<MatchResult> pieces(TextTokenizer tokenizer, String text) {
    return switch (tokenizer) {
      case TextTokenizer.Words words -> WORD.matcher(text).results().toList();
      case TextTokenizer.Whitespace whitespace -> PIECE.matcher(text).results().toList();
      case TextTokenizer.Keyword keyword -> WHOLE.matcher(text).results().toList();
      case TextTokenizer.Ngrams ngrams -> ngrams(ngrams, text);
    };
  }

  private static List<MatchResult> ngrams(TextTokenizer.Ngrams ngrams, String text) {
    List<MatchResult> found = new ArrayList<>();
    for (int from = 0; from < text.length(); from++) {
      for (int length = ngrams.shortest(); length <= ngrams.longest(); length++) {
        Matcher piece = Pattern.compile("\\S{" + length + "}").matcher(text);
        if (piece.find(from) && piece.start() == from) {
          found.add(piece.toMatchResult());
        }
      }
    }
    return found;
  }

  private List<PlacedTerm> placed(TextField field, PluginContext context, List<String> values) {
    return ReferenceBm25.placed(analyzer(field, context), values);
  }

  @Override
  public TextIndexWriter writer(
      TextField field, int segmentRows, BlobSink sink, PluginContext context) {
    Map<Integer, List<PlacedTerm>> rows = new TreeMap<>();
    return new TextIndexWriter() {
      @Override
      public void add(int row, List<String> values) {
        rows.put(row, placed(field, context, values));
      }

      @Override
      public void finish() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
          out.writeInt(MAGIC);
          out.writeInt(rows.size());
          for (Map.Entry<Integer, List<PlacedTerm>> row : rows.entrySet()) {
            out.writeInt(row.getKey());
            out.writeInt(row.getValue().size());
            for (PlacedTerm placed : row.getValue()) {
              byte[] utf8 = placed.term().getBytes(StandardCharsets.UTF_8);
              out.writeInt(placed.position());
              out.writeInt(utf8.length);
              out.write(utf8);
            }
          }
          out.writeInt(MAGIC);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        sink.write(bytes.toByteArray());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public LiveTextIndex live(TextField field, PluginContext context) {
    return new Index(field, context, values -> placed(field, context, values));
  }

  @Override
  public TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context) {
    Index index = new Index(field, context, values -> List.of());
    byte[] bytes = source.read(0, source.size()).toArray(ValueLayout.JAVA_BYTE);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw ElacsymException.corrupt("no plain text index");
      }
      int rows = in.readInt();
      for (int i = 0; i < rows; i++) {
        int row = in.readInt();
        int count = in.readInt();
        List<PlacedTerm> terms = new ArrayList<>();
        for (int t = 0; t < count; t++) {
          int position = in.readInt();
          byte[] utf8 = in.readNBytes(in.readInt());
          terms.add(new PlacedTerm(new String(utf8, StandardCharsets.UTF_8), position));
        }
        index.bm25.addPlaced(row, terms);
      }
      if (in.readInt() != MAGIC) {
        throw ElacsymException.corrupt("the index has another end");
      }
      return index;
    } catch (IOException e) {
      throw ElacsymException.corrupt("the index ends early");
    }
  }

  /** Marks words one by one, those of phrases too; a piece is a whole value. */
  @Override
  public Optional<List<String>> highlight(
      TextField field, TextHighlight wanted, List<String> values, PluginContext context) {
    Set<String> terms = new HashSet<>();
    collect(wanted.clause(), terms);
    List<String> pieces = new ArrayList<>();
    for (String value : values) {
      StringBuilder piece = new StringBuilder();
      int from = 0;
      for (TextToken token : tokens(field.analysis(), value)) {
        if (terms.contains(token.term()) && token.start() >= from) {
          piece
              .append(shown(value.substring(from, token.start()), wanted))
              .append(wanted.before())
              .append(shown(value.substring(token.start(), token.end()), wanted))
              .append(wanted.after());
          from = token.end();
        }
      }
      if (from > 0 && pieces.size() < wanted.fragments()) {
        pieces.add(piece.append(shown(value.substring(from), wanted)).toString());
      }
    }
    return Optional.of(pieces);
  }

  private static void collect(TextClause clause, Set<String> terms) {
    switch (clause) {
      case TextClause.Group group -> {
        group.required().forEach(part -> collect(part, terms));
        group.optional().forEach(part -> collect(part, terms));
      }
      case TextClause.Weighted weighted -> collect(weighted.clause(), terms);
      default -> clause.terms().forEach(terms::add);
    }
  }

  private static String shown(String text, TextHighlight wanted) {
    return wanted.escaping()
        ? text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        : text;
  }

  /** What turns the values of a row into terms. */
  private interface Terms {
    List<PlacedTerm> of(List<String> values);
  }

  private static final class Index implements LiveTextIndex {
    private final ReferenceBm25 bm25;
    private final Terms terms;
    private final PluginContext context;

    Index(TextField field, PluginContext context, Terms terms) {
      this.context = context;
      this.bm25 = new ReferenceBm25(field.analysis().k1(), field.analysis().b());
      this.terms = terms;
    }

    @Override
    public synchronized void add(int row, List<String> values) {
      bm25.addPlaced(row, terms.of(values));
    }

    @Override
    public synchronized TextStatistics statistics(List<String> asked, RowSet live) {
      return bm25.statistics(asked, live);
    }

    @Override
    public synchronized TextHits search(TextQuery query) {
      context.checkCancelled();
      return bm25.search(query);
    }

    @Override
    public synchronized float[] score(TextQuery query, int[] rows) {
      float[] scores = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        scores[i] = (float) bm25.score(query, rows[i]);
      }
      return scores;
    }

    @Override
    public synchronized List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
      return bm25.terms(pattern, live, limit);
    }

    @Override
    public synchronized RowSet matching(TextClause clause, RowSet accept) {
      return bm25.matching(clause, accept);
    }

    @Override
    public synchronized Optional<TextFrequencies> frequencies(
        List<TextClause> clauses, int[] rows) {
      List<float[]> counts = new ArrayList<>();
      for (TextClause clause : clauses) {
        float[] ofClause = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
          ofClause[i] = (float) bm25.frequency(clause, rows[i]);
        }
        counts.add(ofClause);
      }
      int[] lengths = Arrays.stream(rows).map(bm25::length).toArray();
      return Optional.of(new TextFrequencies(counts, lengths));
    }

    @Override
    public void close() {}
  }
}
