package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text indexes that are right for short English texts and queries, and few rows. */
final class BrokenTextSizes {
  private static final String SWITCHES = "texts are indexed with every switch of the analysis";
  private static final String SCRIPTS = "texts of any script are indexed";
  private static final String LONG_WORDS = "long words are indexed as the analyzer gives them";
  private static final String MANY_VALUES = "a row may have thousands of values";
  private static final String MANY_TIMES = "a term may occur in a row any number of times";
  private static final String LONG_QUERIES = "a long query asks for each of its words";

  private BrokenTextSizes() {}

  static List<BrokenPart> parts() {
    return List.of(
        indexing(
            "indexes without the analysis of the field",
            IndexedTexts.as(field -> with(field, false, false, false)),
            SWITCHES),
        indexing(
            "stems queries only",
            IndexedTexts.as(field ->
                with(
                    field,
                    false,
                    field.analysis().removeStopwords(),
                    field.analysis().caseSensitive())),
            SWITCHES),
        indexing(
            "indexes stop words that it drops from queries",
            IndexedTexts.as(field ->
                with(field, field.analysis().stemming(), false, field.analysis().caseSensitive())),
            SWITCHES),
        indexing(
            "indexes in lower case always",
            IndexedTexts.as(field ->
                with(
                    field, field.analysis().stemming(), field.analysis().removeStopwords(), false)),
            SWITCHES),
        indexing(
            "stores terms in Latin-1",
            IndexedTexts.each(text ->
                new String(
                    text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)),
            SCRIPTS),
        indexing(
            "cuts terms at 255 characters",
            IndexedTexts.each(text -> text.replaceAll("(\\S{255})\\S+", "$1")),
            LONG_WORDS),
        indexing(
            "leaves out terms of more than 32,766 bytes",
            IndexedTexts.each(text -> text.replaceAll("\\S{32766}\\S+", "")),
            LONG_WORDS),
        indexing(
            "has room for a hundred values",
            IndexedTexts.of(values -> values.subList(0, Math.min(100, values.size()))),
            MANY_VALUES),
        indexing(
            "has room for 2,048 values",
            IndexedTexts.of(values -> values.subList(0, Math.min(2048, values.size()))),
            MANY_VALUES),
        indexing("counts a term in a byte", IndexedTexts.each(text -> upTo(255, text)), MANY_TIMES),
        indexing(
            "counts a term in two bytes",
            IndexedTexts.each(text -> upTo(65_535, text)),
            MANY_TIMES),
        BrokenTextIndexTest.searching(
            "numbers rows with 16 bits",
            (inner, query) -> {
              TextHits hits = inner.search(query);
              int[] rows = Arrays.stream(hits.rows()).map(row -> row & 0xffff).toArray();
              return new TextHits(rows, hits.scores());
            },
            "rows beyond 65,535 are found by their words"),
        BrokenTextIndexTest.searching(
            "has room for 4,096 hits",
            (inner, query) ->
                inner.search(
                    new TextQuery(
                        query.terms(),
                        query.statistics(),
                        Math.min(4096, query.k()),
                        query.accept())),
            "ten thousand hits come back"),
        indexing(
            "searches to the end",
            new SearchesToTheEnd(),
            "a search of many rows stops when the host cancels it"),
        BrokenTextIndexTest.searching(
            "asks for 1,024 words",
            (inner, query) -> inner.search(of(query, first(query, 1024))),
            LONG_QUERIES),
        BrokenTextIndexTest.searching(
            "refuses more than 1,024 words",
            (inner, query) -> {
              if (query.terms().size() > 1024) {
                throw ElacsymException.invalid("too many clauses");
              }
              return inner.search(query);
            },
            LONG_QUERIES),
        BrokenTextIndexTest.searching(
            "counts a term of the query in a byte",
            (inner, query) -> inner.search(of(query, upTo(255, query.terms()))),
            "a term that is repeated a thousand times counts a thousand times"),
        BrokenTextIndexTest.searching(
            "counts documents in 32 bits",
            (inner, query) ->
                inner.search(
                    BrokenTextIndexTest.with(
                        query,
                        new TextStatistics(
                            (int) query.statistics().documents() & 0x7fffffffL,
                            query.statistics().totalTerms(),
                            query.statistics().documentFrequencies()))),
            "statistics may count billions"),
        BrokenTextIndexTest.searching(
            "counts the rows that have a term in 32 bits",
            (inner, query) -> {
              Map<String, Long> counts = new HashMap<>(query.statistics().documentFrequencies());
              counts.replaceAll((term, count) -> count & 0x7fffffffL);
              return inner.search(
                  BrokenTextIndexTest.with(
                      query,
                      new TextStatistics(
                          query.statistics().documents(),
                          query.statistics().totalTerms(),
                          counts)));
            },
            "statistics may count billions"),
        BrokenTextIndexTest.reading(
            "scores what is accepted",
            good ->
                new ForwardingTextIndex.Reader(good) {
                  @Override
                  public float[] score(TextQuery query, int[] rows) {
                    float[] scores = inner.score(query, rows);
                    for (int i = 0; i < rows.length; i++) {
                      scores[i] = query.accept().contains(rows[i]) ? scores[i] : 0;
                    }
                    return scores;
                  }
                },
            "score looks at neither k nor the accepted rows"));
  }

  private static BrokenPart indexing(String what, ForwardingTextIndex index, String guard) {
    return BrokenTextIndexTest.broken(what, index, guard);
  }

  private static TextField with(
      TextField field, boolean stemming, boolean removeStopwords, boolean caseSensitive) {
    TextAnalysis a = field.analysis();
    return new TextField(
        field.name(),
        new TextAnalysis(a.language(), stemming, removeStopwords, caseSensitive, a.k1(), a.b()));
  }

  private static TextQuery of(TextQuery query, List<String> terms) {
    return new TextQuery(terms, query.statistics(), query.k(), query.accept());
  }

  private static List<String> first(TextQuery query, int count) {
    return query.terms().subList(0, Math.min(count, query.terms().size()));
  }

  private static String upTo(int most, String text) {
    return String.join(" ", upTo(most, List.of(text.split(" "))));
  }

  /** Each word so many times at most. */
  private static List<String> upTo(int most, List<String> words) {
    Map<String, Integer> counts = new HashMap<>();
    List<String> kept = new ArrayList<>();
    for (String word : words) {
      if (counts.merge(word, 1, Integer::sum) <= most) {
        kept.add(word);
      }
    }
    return kept;
  }

  private static final class SearchesToTheEnd extends ForwardingTextIndex {
    @Override
    public TextIndexReader open(
        TextField field, BlobSource source, Encoding stored, int rows, PluginContext context) {
      return plain.open(field, source, stored, rows, TestContext.of(this));
    }
  }
}
