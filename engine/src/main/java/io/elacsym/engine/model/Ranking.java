package io.elacsym.engine.model;

import java.util.List;
import java.util.OptionalInt;

/** What decides which documents come first. */
public sealed interface Ranking {
  /** Greatest weight of a field or clause: with it no sum of scores is infinite. */
  double MAX_WEIGHT = 1e9;

  /** Most different terms of a text query, for one field. */
  int MAX_TERMS = 4_096;

  /**
   * Nearest vectors. Scores: cosine similarity, inner product, or {@code 1 / (1 + distance)} with
   * the Euclidean distance for l2.
   *
   * @param place where the vector stands
   * @param fieldPlace where the name of the field stands, or is left out
   * @param field a vector field
   * @param vector of the field's dimension, finite
   * @param recallTarget wanted share of the true nearest, 0 to 1; 1 is exact
   * @param effort lists visited or beam width, forced instead of the recall target
   */
  record Nearest(
      Place place,
      Place fieldPlace,
      String field,
      float[] vector,
      double recallTarget,
      OptionalInt effort)
      implements Ranking {
    public static final double DEFAULT_RECALL_TARGET = 0.95;

    /** A ranking that stands in no request: messages call its vector by the name of its field. */
    public Nearest(String field, float[] vector, double recallTarget, OptionalInt effort) {
      this(Place.named(field), Place.named(field), field, vector, recallTarget, effort);
    }

    public static Nearest of(String field, float[] vector) {
      return new Nearest(field, vector, DEFAULT_RECALL_TARGET, OptionalInt.empty());
    }
  }

  /**
   * BM25. A document is found by what all these fields have of the query together.
   *
   * @param fields full-text attributes, at least one
   * @param query what is looked for
   * @param combining how the fields make one score
   */
  record Bm25(List<WeightedField> fields, TextExpression query, Combining combining)
      implements Ranking {
    public Bm25 {
      fields = List.copyOf(fields);
    }

    /** The sum over the fields. */
    public Bm25(List<WeightedField> fields, TextExpression query) {
      this(fields, query, new Combining.Sum());
    }

    /** Any of the words of a text. */
    public Bm25(List<WeightedField> fields, String words) {
      this(fields, TextExpression.words(words));
    }
  }

  /** How the scores of several text fields become one. */
  sealed interface Combining {
    /** The sum of weight times the field's score. */
    record Sum() implements Combining {}

    /**
     * The greatest of weight times the field's score, and a part of the others.
     *
     * @param tieBreaker what the others are multiplied by, 0 to 1
     */
    record Best(double tieBreaker) implements Combining {}

    /**
     * BM25F: the score of one text that is made of the fields, each there as often as its weight
     * says (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields",
     * 2004). A term has the sum of its weighted frequencies, the text the sum of the weighted
     * lengths; as many documents have the term, or have a text, as in the field where they are
     * most. The fields must be analysed alike.
     */
    record OneText() implements Combining {
      /** Weights are from 1 to that. */
      public static final double MAX_WEIGHT = 1_000;
    }
  }

  /**
   * A text field and its weight.
   *
   * @param place where its name stands
   * @param weight more than 0, at most {@link #MAX_WEIGHT}
   */
  record WeightedField(Place place, String field, double weight) {
    /** A field that stands in no request. */
    public WeightedField(String field, double weight) {
      this(Place.named("text field"), field, weight);
    }
  }

  /**
   * Several rankings as one: the score is the sum over the clauses of the weight times what the
   * method makes of the document's place there. A document behind the first {@code depth} of a
   * clause gets nothing from that clause. The depth must not depend on how many results are wanted:
   * then the first ten are the same whether ten or a hundred are asked for.
   *
   * <p>A clause that is an order of attributes ranks the documents that have the first of them, and
   * their scores are its values.
   *
   * @param clauses 2 to {@link #MAX_CLAUSES}, none of them a fusion or an order by ids alone
   * @param depth how many each clause ranks, 1 to 10,000, and at least as many as are wanted
   */
  record Fusion(List<WeightedClause> clauses, Method method, int depth) implements Ranking {
    public static final int DEFAULT_DEPTH = 1_000;
    public static final int MAX_DEPTH = 10_000;
    public static final int MAX_CLAUSES = 16;

    public Fusion {
      clauses = List.copyOf(clauses);
    }
  }

  /** What a place in a clause is worth. */
  sealed interface Method {
    /**
     * Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009): {@code 1 / (constant +
     * rank)}, ranks from 1.
     *
     * @param constant from 1; 60 in the paper
     */
    record ReciprocalRank(int constant) implements Method {
      public static final int DEFAULT_CONSTANT = 60;
    }

    /**
     * The clause's score, moved and scaled so that the best of its first {@code depth} documents
     * has 1 and the last of them 0 (min-max normalisation; Fox and Shaw, "Combination of multiple
     * searches", TREC-2, 1994, of the sum). All have 1 if their scores are equal.
     */
    record NormalizedScore() implements Method {}
  }

  /**
   * A ranking inside a fusion.
   *
   * @param weight 0 or more, at most {@link #MAX_WEIGHT}
   */
  record WeightedClause(Ranking ranking, double weight) {}

  /**
   * By the values of attributes; every score is 1. Documents that are equal in all keys are in
   * ascending order of ids.
   *
   * @param keys 1 to {@link SortKey#MAX_KEYS}
   */
  record AttributeOrder(List<SortKey> keys) implements Ranking {
    public AttributeOrder {
      keys = List.copyOf(keys);
    }
  }

  /** By ascending id; every score is 1. */
  record IdOrder() implements Ranking {}
}
