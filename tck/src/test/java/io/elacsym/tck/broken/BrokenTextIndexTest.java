package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.TextToken;
import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.index.TextIndexContract;
import io.elacsym.tck.reference.PlainTextIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BrokenTextIndexTest {
  private static final String FORMULA = "short texts rank by the formula, for any k1 and b";
  private static final String LONG_TEXTS =
      "long texts rank by the formula, but for rounded lengths";
  private static final String MANY_ROWS = "the best of many rows are found";
  private static final String TWO_SEGMENTS = "two segments with common statistics rank as one";
  private static final String FILTER = "a filter restricts before ranking";
  private static final String REPEATS = "a repeated term counts as often as it is repeated";
  private static final String WITHOUT_TEXT = "rows without text are never found";
  private static final String SCORE = "score gives what search gives, and 0 without a term";
  private static final String LIVE_FORMULA = "a live index ranks by the formula, for any k1 and b";
  private static final String AS_WRITTEN = "a live index scores as a written one";
  private static final String TRUNCATED = "a truncated blob is corrupt";
  private static final String FOREIGN = "a blob of another kind is corrupt";

  @TestFactory
  Stream<DynamicTest> checksFindBrokenIndexes() {
    TextIndexProvider good = new PlainTextIndex();
    Set<String> promises = BrokenPart.promises(TextIndexContract.checks(good));
    promises.removeAll(BrokenPart.promises(ProviderContract.checks(good)));
    return BrokenPart.tests(
        promises,
        Stream.of(
                analyses(),
                rankings(),
                statistics(),
                lives(),
                blobs(),
                BrokenClauses.parts(),
                BrokenTextSizes.parts(),
                BrokenTextHosts.parts())
            .flatMap(List::stream)
            .toList());
  }

  private static List<BrokenPart> analyses() {
    return List.of(
        broken(
            "has a language without terms",
            new OddLanguage("klingon"),
            "every language gives terms, with every switch"),
        broken("shouts its languages", new OddLanguage("KLINGON"), "language names are lower case"),
        analysing(
            "sorts terms",
            (text, analysis, good) -> good.terms(text).stream().sorted().toList(),
            "terms come in the order of the text, with repeats"),
        analysing(
            "gives each term once",
            (text, analysis, good) -> good.terms(text).stream().distinct().toList(),
            "terms come in the order of the text, with repeats"),
        analysing(
            "has an empty term for empty text",
            (text, analysis, good) -> text.isEmpty() ? List.of("") : good.terms(text),
            "text without words has no terms"),
        switched(
            "never looks at case",
            a -> with(a, a.stemming(), a.removeStopwords(), false),
            "case is looked at only when asked for"),
        switched(
            "always looks at case",
            a -> with(a, a.stemming(), a.removeStopwords(), true),
            "case is looked at only when asked for"),
        switched(
            "always stems",
            a -> with(a, true, a.removeStopwords(), a.caseSensitive()),
            "words are stemmed only when asked for"),
        switched(
            "never stems",
            a -> with(a, false, a.removeStopwords(), a.caseSensitive()),
            "words are stemmed only when asked for"),
        switched(
            "always drops stop words",
            a -> with(a, a.stemming(), true, a.caseSensitive()),
            "stop words are dropped only when asked for"),
        switched(
            "never drops stop words",
            a -> with(a, a.stemming(), false, a.caseSensitive()),
            "stop words are dropped only when asked for"),
        analysing(
            "knows ASCII only",
            (text, analysis, good) -> good.terms(text.replaceAll("[^ -~]", " ")),
            "words of any script are terms"),
        analysing(
            "knows the case of ASCII only",
            (text, analysis, good) ->
                analysis.caseSensitive()
                    ? good.terms(text)
                    : text.chars().allMatch(c -> c < 128) ? good.terms(text) : List.of(text),
            "case is known of every alphabet"),
        analysing(
            "has lost the case of what is not ASCII",
            (text, analysis, good) ->
                text.chars().allMatch(c -> c < 128)
                    ? good.terms(text)
                    : good.terms(text.toLowerCase(Locale.ROOT)),
            "case is known of every alphabet"),
        broken("keeps the text in a field", new SharedText(), "an analyzer serves many threads"));
  }

  private static List<BrokenPart> rankings() {
    return List.of(
        searching(
            "uses its own statistics",
            (inner, query) ->
                inner.search(
                    new TextQuery(
                        query.terms(),
                        inner.statistics(query.terms(), RowSet.all(query.accept().rowCount())),
                        query.k(),
                        query.accept())),
            MANY_ROWS,
            TWO_SEGMENTS),
        searching(
            "gets the average length wrong",
            (inner, query) ->
                inner.search(
                    with(
                        query,
                        new TextStatistics(
                            query.statistics().documents(),
                            query.statistics().totalTerms() * 4,
                            query.statistics().documentFrequencies()))),
            FORMULA,
            LONG_TEXTS,
            LIVE_FORMULA,
            MANY_ROWS,
            SCORE),
        searching(
            "filters after ranking", BrokenTextIndexTest::filteringAfter, FILTER, LIVE_FORMULA),
        searching(
            "gives all hits",
            (inner, query) ->
                inner.search(
                    new TextQuery(query.terms(), query.statistics(), 100_000, query.accept())),
            "no more than k hits come back, and all when there are fewer"),
        searching(
            "sorts equal scores by falling row",
            BrokenTextIndexTest::lastRowsFirst,
            "equal scores are sorted by row"),
        searching(
            "takes any k of equal scores",
            BrokenTextIndexTest::anyOfEqual,
            "equal scores are sorted by row"),
        searching(
            "asks for each term once",
            (inner, query) ->
                inner.search(
                    new TextQuery(
                        query.terms().stream().distinct().toList(),
                        query.statistics(),
                        query.k(),
                        query.accept())),
            REPEATS),
        searching(
            "throws for terms it does not have",
            (inner, query) -> {
              for (String term : query.terms()) {
                if (inner
                        .statistics(List.of(term), RowSet.all(query.accept().rowCount()))
                        .documentFrequency(term)
                    == 0) {
                  throw ElacsymException.notFound("no term " + term);
                }
              }
              return inner.search(query);
            },
            "terms nobody has find nothing and do no harm"),
        reading(
            "scores by k",
            good ->
                new ForwardingTextIndex.Reader(good) {
                  @Override
                  public float[] score(TextQuery query, int[] rows) {
                    TextHits hits = inner.search(query);
                    float[] scores = new float[rows.length];
                    for (int i = 0; i < rows.length; i++) {
                      for (int hit = 0; hit < hits.rows().length; hit++) {
                        scores[i] = hits.rows()[hit] == rows[i] ? hits.scores()[hit] : scores[i];
                      }
                    }
                    return scores;
                  }
                },
            SCORE),
        broken(
            "keeps one text of a row",
            new KeepsOneText(),
            "several texts of a row are one document"),
        reading(
            "counts rows without text",
            good ->
                new ForwardingTextIndex.Reader(good) {
                  @Override
                  public TextStatistics statistics(List<String> terms, RowSet live) {
                    TextStatistics right = inner.statistics(terms, live);
                    return new TextStatistics(
                        live.cardinality(), right.totalTerms(), right.documentFrequencies());
                  }
                },
            WITHOUT_TEXT,
            "statistics count all rows when all live"),
        searching(
            "divides by its own documents",
            (inner, query) -> {
              if (inner.statistics(query.terms(), RowSet.all(query.accept().rowCount())).documents()
                  == 0) {
                throw new ArithmeticException("division by zero");
              }
              return inner.search(query);
            },
            "an index without texts finds nothing"),
        reading(
            "keeps the query in a field",
            SharedQuery::new,
            "searches of many threads answer as one alone"));
  }

  private static List<BrokenPart> statistics() {
    return List.of(
        counting(
            "forgets a document",
            (good, terms, live) -> {
              TextStatistics right = good.statistics(terms, live);
              return new TextStatistics(
                  Math.max(0, right.documents() - 1),
                  right.totalTerms(),
                  right.documentFrequencies());
            },
            "statistics count all rows when all live",
            "live statistics count live rows only"),
        counting(
            "counts deleted rows",
            (good, terms, live) -> good.statistics(terms, RowSet.all(live.rowCount())),
            "statistics count live rows only",
            "live statistics count live rows only"),
        counting(
            "rounds lengths",
            (good, terms, live) -> {
              TextStatistics right = good.statistics(terms, live);
              return new TextStatistics(
                  right.documents(),
                  right.totalTerms() < 5000 ? right.totalTerms() : right.totalTerms() & ~0xffL,
                  right.documentFrequencies());
            },
            "statistics of long texts are exact"),
        counting(
            "counts a term as often as it is named",
            (good, terms, live) -> {
              TextStatistics sum = TextStatistics.NONE;
              TextStatistics once = good.statistics(terms, live);
              for (String term : terms) {
                TextStatistics one = good.statistics(List.of(term), live);
                sum = sum.plus(new TextStatistics(0, 0, one.documentFrequencies()));
              }
              return new TextStatistics(
                  once.documents(), once.totalTerms(), sum.documentFrequencies());
            },
            "repeated terms count once in statistics"));
  }

  private static List<BrokenPart> lives() {
    return List.of(
        broken(
            "scores differently before the flush", new OtherLiveScores(), LIVE_FORMULA, AS_WRITTEN),
        broken("has its own k1 and b before the flush", new DefaultLiveScores(), LIVE_FORMULA),
        broken(
            "shows rows as soon as they are added",
            new ShowsLaterRows(),
            "rows at or beyond the set's row count are not there yet"),
        broken("cannot be empty", new NeverEmpty(), "a live index without rows finds nothing"),
        broken(
            "shows rows ten at a time", new AddsInTens(), "rows are found while others are added"));
  }

  private static List<BrokenPart> blobs() {
    return List.of(
        broken(
            "answers from what it remembers",
            new Remembers(),
            "a blob opened again gives the same answers"),
        broken(
            "takes a broken blob for an empty index", new ForgivesCorruption(), TRUNCATED, FOREIGN),
        broken("fails without saying corrupt", new FailsInternally(), TRUNCATED, FOREIGN));
  }

  static BrokenPart broken(String what, TextIndexProvider provider, String... guards) {
    return BrokenPart.of(what, () -> TextIndexContract.checks(provider), guards);
  }

  interface Analysing {
    List<String> terms(String text, TextAnalysis analysis, TextAnalyzer good);
  }

  /** Terms that stand side by side. */
  private static List<TextToken> tokens(List<String> terms) {
    return IntStream.range(0, terms.size())
        .mapToObj(i -> new TextToken(terms.get(i), i, i, i + 1))
        .toList();
  }

  static BrokenPart analysing(String what, Analysing analysing, String... guards) {
    return broken(
        what,
        new ForwardingTextIndex() {
          @Override
          public TextAnalyzer analyzer(TextField field, PluginContext context) {
            TextAnalyzer good = plain.analyzer(field, context);
            return text -> tokens(analysing.terms(text, field.analysis(), good));
          }
        },
        guards);
  }

  private interface Switched {
    TextAnalysis of(TextAnalysis asked);
  }

  private static BrokenPart switched(String what, Switched switched, String... guards) {
    return broken(
        what,
        new ForwardingTextIndex() {
          @Override
          public TextAnalyzer analyzer(TextField field, PluginContext context) {
            return plain.analyzer(
                new TextField(field.name(), switched.of(field.analysis())), context);
          }
        },
        guards);
  }

  private static TextAnalysis with(
      TextAnalysis a, boolean stemming, boolean removeStopwords, boolean caseSensitive) {
    return new TextAnalysis(a.language(), stemming, removeStopwords, caseSensitive, a.k1(), a.b());
  }

  interface Spoilt {
    TextIndexReader of(TextIndexReader good);
  }

  static BrokenPart reading(String what, Spoilt spoilt, String... guards) {
    return broken(
        what,
        new ForwardingTextIndex() {
          @Override
          protected TextIndexReader spoilt(TextIndexReader good) {
            return spoilt.of(good);
          }
        },
        guards);
  }

  interface Search {
    TextHits of(TextIndexReader inner, TextQuery query);
  }

  static BrokenPart searching(String what, Search search, String... guards) {
    return reading(
        what,
        good ->
            new ForwardingTextIndex.Reader(good) {
              @Override
              public TextHits search(TextQuery query) {
                return search.of(inner, query);
              }
            },
        guards);
  }

  private interface Counting {
    TextStatistics of(TextIndexReader good, List<String> terms, RowSet live);
  }

  private static BrokenPart counting(String what, Counting counting, String... guards) {
    return reading(
        what,
        good ->
            new ForwardingTextIndex.Reader(good) {
              @Override
              public TextStatistics statistics(List<String> terms, RowSet live) {
                return counting.of(inner, terms, live);
              }
            },
        guards);
  }

  static TextQuery with(TextQuery query, TextStatistics statistics) {
    return new TextQuery(query.terms(), statistics, query.k(), query.accept());
  }

  private static TextHits filteringAfter(TextIndexReader inner, TextQuery query) {
    TextHits all =
        inner.search(
            new TextQuery(
                query.terms(),
                query.statistics(),
                query.k(),
                RowSet.all(query.accept().rowCount())));
    return picked(
        all,
        IntStream.range(0, all.rows().length)
            .filter(i -> query.accept().contains(all.rows()[i]))
            .boxed()
            .toList());
  }

  private static TextHits lastRowsFirst(TextIndexReader inner, TextQuery query) {
    return fallingRows(inner.search(query));
  }

  /** Sorted as they should be, but cut off before: the last of equal rows instead of the first. */
  private static TextHits anyOfEqual(TextIndexReader inner, TextQuery query) {
    TextHits all =
        fallingRows(
            inner.search(
                new TextQuery(query.terms(), query.statistics(), 100_000, query.accept())));
    int found = Math.min(query.k(), all.rows().length);
    List<Integer> kept = new ArrayList<>(IntStream.range(0, found).boxed().toList());
    kept.sort((a, b) ->
        all.scores()[a] == all.scores()[b]
            ? Integer.compare(all.rows()[a], all.rows()[b])
            : Float.compare(all.scores()[b], all.scores()[a]));
    return picked(all, kept);
  }

  private static TextHits fallingRows(TextHits hits) {
    return picked(
        hits,
        IntStream.range(0, hits.rows().length)
            .boxed()
            .sorted((a, b) ->
                hits.scores()[a] == hits.scores()[b]
                    ? Integer.compare(hits.rows()[b], hits.rows()[a])
                    : Float.compare(hits.scores()[b], hits.scores()[a]))
            .toList());
  }

  private static TextHits picked(TextHits hits, List<Integer> indexes) {
    int[] rows = new int[indexes.size()];
    float[] scores = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = hits.rows()[indexes.get(i)];
      scores[i] = hits.scores()[indexes.get(i)];
    }
    return new TextHits(rows, scores);
  }

  private static final class OddLanguage extends ForwardingTextIndex {
    private final String odd;

    OddLanguage(String odd) {
      this.odd = odd;
    }

    @Override
    public Set<String> languages() {
      return Set.of("english", odd);
    }

    @Override
    public TextAnalyzer analyzer(TextField field, PluginContext context) {
      return field.analysis().language().equals(odd)
          ? text -> List.of()
          : plain.analyzer(field, context);
    }
  }

  private static final class SharedText extends ForwardingTextIndex {
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public TextAnalyzer analyzer(TextField field, PluginContext context) {
      TextAnalyzer good = plain.analyzer(field, context);
      return text -> {
        boolean alone = inside.incrementAndGet() == 1;
        LockSupport.parkNanos(1000);
        inside.decrementAndGet();
        return alone ? good.tokens(text) : List.of();
      };
    }
  }

  private static final class SharedQuery extends ForwardingTextIndex.Reader {
    private volatile Optional<TextQuery> current = Optional.empty();

    SharedQuery(TextIndexReader inner) {
      super(inner);
    }

    @Override
    public TextHits search(TextQuery query) {
      current = Optional.of(query);
      LockSupport.parkNanos(1000);
      return inner.search(current.orElse(query));
    }
  }

  private static final class KeepsOneText extends ForwardingTextIndex {
    @Override
    public TextIndexWriter writer(
        TextField field, int segmentRows, BlobSink sink, PluginContext context) {
      TextIndexWriter good = plain.writer(field, segmentRows, sink, context);
      return new TextIndexWriter() {
        @Override
        public void add(int row, List<String> values) {
          good.add(row, values.subList(0, 1));
        }

        @Override
        public void finish() {
          good.finish();
        }

        @Override
        public void close() {
          good.close();
        }
      };
    }
  }

  private static final class OtherLiveScores extends ForwardingTextIndex {
    @Override
    public LiveTextIndex live(TextField field, PluginContext context) {
      TextAnalysis a = field.analysis();
      return plain.live(
          new TextField(
              field.name(),
              new TextAnalysis(
                  a.language(),
                  a.stemming(),
                  a.removeStopwords(),
                  a.caseSensitive(),
                  a.k1() + 0.1,
                  a.b())),
          context);
    }
  }

  /** Whatever the field says. */
  private static final class DefaultLiveScores extends ForwardingTextIndex {
    @Override
    public LiveTextIndex live(TextField field, PluginContext context) {
      TextAnalysis a = field.analysis();
      return plain.live(
          new TextField(
              field.name(),
              new TextAnalysis(
                  a.language(), a.stemming(), a.removeStopwords(), a.caseSensitive(), 1.2, 0.75)),
          context);
    }
  }

  /** Shows up to five rows more than the set covers. */
  private static final class ShowsLaterRows extends ForwardingTextIndex {
    @Override
    public LiveTextIndex live(TextField field, PluginContext context) {
      LiveTextIndex good = plain.live(field, context);
      return new Live(
          good,
          new Reader(good) {
            @Override
            public TextHits search(TextQuery query) {
              return inner.search(
                  new TextQuery(
                      query.terms(),
                      query.statistics(),
                      query.k(),
                      RowSet.all(query.accept().rowCount() + 5)));
            }
          });
    }
  }

  private static final class NeverEmpty extends ForwardingTextIndex {
    @Override
    public LiveTextIndex live(TextField field, PluginContext context) {
      LiveTextIndex good = plain.live(field, context);
      return new Live(
          good,
          new Reader(good) {
            @Override
            public TextStatistics statistics(List<String> terms, RowSet live) {
              if (live.rowCount() == 0) {
                throw new IllegalStateException("nothing was added yet");
              }
              return inner.statistics(terms, live);
            }
          });
    }
  }

  private static final class AddsInTens extends ForwardingTextIndex {
    @Override
    public LiveTextIndex live(TextField field, PluginContext context) {
      LiveTextIndex good = plain.live(field, context);
      return new Live(good, good) {
        private final List<List<String>> waiting = new ArrayList<>();

        @Override
        public void add(int row, List<String> values) {
          waiting.add(values);
          if (waiting.size() == 10) {
            for (int i = 0; i < 10; i++) {
              good.add(row - 9 + i, waiting.get(i));
            }
            waiting.clear();
          }
        }
      };
    }
  }

  private static final class Remembers extends ForwardingTextIndex {
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    protected TextIndexReader spoilt(TextIndexReader good) {
      return opened.incrementAndGet() == 1
          ? good
          : new Reader(good) {
            @Override
            public TextHits search(TextQuery query) {
              TextHits hits = inner.search(query);
              int one = Math.min(1, hits.rows().length);
              return new TextHits(
                  Arrays.copyOf(hits.rows(), one), Arrays.copyOf(hits.scores(), one));
            }
          };
    }
  }

  private static final class ForgivesCorruption extends ForwardingTextIndex {
    @Override
    public TextIndexReader open(
        TextField field, BlobSource source, Encoding stored, int rows, PluginContext context) {
      try {
        return plain.open(field, source, stored, rows, context);
      } catch (ElacsymException e) {
        return plain.live(field, context);
      }
    }
  }

  private static final class FailsInternally extends ForwardingTextIndex {
    @Override
    public TextIndexReader open(
        TextField field, BlobSource source, Encoding stored, int rows, PluginContext context) {
      try {
        return plain.open(field, source, stored, rows, context);
      } catch (ElacsymException e) {
        throw new ElacsymException(ErrorKind.INTERNAL, "index out of bounds", e);
      }
    }
  }
}
