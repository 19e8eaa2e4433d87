package io.elacsym.tck.index;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.TextIndexes.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** What scores are made of, of an index that can tell. */
record FrequencyChecks(TextIndexes indexes) {
  private static final int WORDS = 30;
  private static final int ROWS = 200;

  List<Check> checks() {
    return List.of(Check.of("frequencies are what scores are made of", this::frequencies));
  }

  private void frequencies() throws Exception {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(ROWS, WORDS, 1, 90, random);
    List<String> terms =
        indexes.terms(field, IntStream.range(0, WORDS + 2).mapToObj(i -> "w" + i).toList());
    RandomClauses source = new RandomClauses(terms, random);
    List<TextClause> clauses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clauses.add(source.term());
      clauses.add(source.phrase(2 + random.nextInt(2), random.nextInt(4)));
    }
    int[] some = IntStream.range(0, ROWS).filter(row -> random.nextInt(3) == 0).toArray();
    indexes.inBoth(
        field,
        corpus,
        index -> {
          expect(index, clauses, some);
          expect(index, clauses, IntStream.range(0, ROWS).toArray());
          expect(index, clauses.subList(0, 1), new int[0]);
          expect(index, List.of(), some);
        });
  }

  private void expect(Open index, List<TextClause> clauses, int[] rows) {
    Optional<TextFrequencies> told = index.reader().frequencies(clauses, rows);
    if (told.isEmpty()) {
      return;
    }
    TextFrequencies seen = told.get();
    Expect.equal("number of clauses", clauses.size(), seen.counts().size());
    Expect.equal("number of lengths", rows.length, seen.lengths().length);
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      Expect.equal(
          "length of row " + row,
          indexes.provider().roundedLength(index.oracle().length(row)),
          seen.lengths()[i]);
      TextExpect.near(
          "length of row " + row,
          index.oracle().length(row),
          seen.lengths()[i],
          TextExpect.LENGTH_ROUNDING);
      for (int clause = 0; clause < clauses.size(); clause++) {
        TextExpect.near(
            "frequency of " + clauses.get(clause) + " in row " + row,
            index.oracle().frequency(clauses.get(clause), row),
            seen.counts().get(clause)[i],
            TextExpect.ROUNDING);
      }
    }
  }
}
