package io.elacsym.tck.index;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.WeightedTerm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Clauses of every kind over some terms. */
record RandomClauses(List<String> terms, Random random) {
  TextClause next() {
    return random.nextInt(4) == 0 ? leaf() : group(2);
  }

  /** Any but groups. */
  private TextClause leaf() {
    return switch (random.nextInt(5)) {
      case 0 -> phrase(2 + random.nextInt(2), random.nextInt(4));
      case 1 -> forms();
      case 2 -> new TextClause.Weighted(term(), 0.25f + random.nextInt(8));
      default -> term();
    };
  }

  TextClause.Term term() {
    return new TextClause.Term(terms.get(random.nextInt(terms.size())));
  }

  /** Terms that differ, side by side but for a gap now and then. */
  TextClause.Phrase phrase(int length, int slop) {
    List<TextClause.PlacedTerm> placed = new ArrayList<>();
    int position = random.nextInt(3);
    for (String term : different(length)) {
      placed.add(new TextClause.PlacedTerm(term, position));
      position += random.nextInt(6) == 0 ? 2 : 1;
    }
    return new TextClause.Phrase(placed, slop);
  }

  TextClause.Forms forms() {
    List<String> chosen = different(1 + random.nextInt(4));
    return new TextClause.Forms(
        IntStream.range(0, chosen.size())
            .mapToObj(i -> new WeightedTerm(chosen.get(i), 1f / (1 + i)))
            .toList());
  }

  TextClause.Group group(int depth) {
    int required = random.nextInt(3);
    int optional = random.nextInt(4) + (required == 0 ? 1 : 0);
    int excluded = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
    int least = required == 0 ? 1 : 0;
    return new TextClause.Group(
        clauses(required, depth),
        clauses(optional, depth),
        least + random.nextInt(Math.max(1, optional - least + 1)),
        clauses(excluded, depth));
  }

  private List<TextClause> clauses(int count, int depth) {
    List<TextClause> clauses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clauses.add(depth > 1 && random.nextInt(5) == 0 ? group(depth - 1) : leaf());
    }
    return clauses;
  }

  private List<String> different(int count) {
    List<String> shuffled = new ArrayList<>(terms);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(count, shuffled.size()));
  }
}
