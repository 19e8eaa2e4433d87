package io.elacsym.engine.model;

import io.elacsym.api.index.Metric;
import java.util.List;

/** How a hit came to its score: a tree, in which each score is made of those below it. */
public sealed interface ScoreExplanation {
  double score();

  /** All parts added up. */
  record Sum(double score, List<ScoreExplanation> parts) implements ScoreExplanation {
    public Sum {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The greatest of some parts, and a share of the others.
   *
   * @param tieBreaker what the others are multiplied by
   */
  record Best(double score, double tieBreaker, List<ScoreExplanation> parts)
      implements ScoreExplanation {
    public Best {
      parts = List.copyOf(parts);
    }
  }

  /** What a text field gives: the part times the weight of the field. */
  record OfField(double score, String field, double weight, ScoreExplanation part)
      implements ScoreExplanation {}

  /** A part of a query with a boost: the score of the part times that. */
  record Boosted(double score, double boost, ScoreExplanation part) implements ScoreExplanation {}

  /**
   * A term or a phrase that is there, by BM25: {@code idf * frequency / (frequency + k1 * (1 - b +
   * b * length / averageLength))}.
   *
   * @param terms one, or those of a phrase
   * @param idf the sum of those of the terms
   * @param frequency how often it is there
   * @param length how many terms the text has, rounded as the index rounds it
   * @param averageLength of all documents with text
   * @param fields what frequency and length are the weighted sums of, where several fields are one
   *     text; empty otherwise
   */
  record Match(
      double score,
      List<Term> terms,
      double idf,
      double frequency,
      double length,
      double averageLength,
      double k1,
      double b,
      List<FieldShare> fields)
      implements ScoreExplanation {
    public Match {
      terms = List.copyOf(terms);
      fields = List.copyOf(fields);
    }
  }

  /**
   * How rare a term is.
   *
   * @param documents how many documents have text
   * @param documentsWithTerm how many of them count as having the term: of forms of one word those
   *     of the most frequent one
   */
  record Term(String term, long documents, long documentsWithTerm, double idf) {}

  /** What one field has to do with a match. */
  record FieldShare(String field, double weight, double frequency, int length) {}

  /** An index that cannot tell more than the score. */
  record Untold(double score, String plugin) implements ScoreExplanation {}

  /** How alike the vector of a field is to the one asked for. */
  record Nearest(double score, String field, Metric metric) implements ScoreExplanation {}

  /** The value of an attribute, or its opposite if the least come first. */
  record OfValue(double score, String field) implements ScoreExplanation {}

  /** What the clauses of a fusion give, added up. */
  record Fused(double score, List<Share> shares) implements ScoreExplanation {
    public Fused {
      shares = List.copyOf(shares);
    }
  }

  /**
   * What one clause of a fusion gives.
   *
   * @param clause its number, from 0
   * @param rank of the document there, from 1
   * @param share what the rank, or the score, counts; times the weight it is added to the score
   * @param part how it was ranked there
   */
  record Share(int clause, double weight, int rank, double share, ScoreExplanation part) {}
}
