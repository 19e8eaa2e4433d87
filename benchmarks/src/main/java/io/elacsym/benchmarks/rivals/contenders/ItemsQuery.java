package io.elacsym.benchmarks.rivals.contenders;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * A filter that costs nothing to evaluate, because its documents are a bit set already. It works in
 * an index of one segment only, where a document's number is its item.
 */
final class ItemsQuery extends Query {
  private final FixedBitSet items;

  ItemsQuery(FixedBitSet items) {
    this.items = items;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public ScorerSupplier scorerSupplier(LeafReaderContext context) {
        return ConstantScoreScorerSupplier.fromIterator(
            new BitSetIterator(items, items.cardinality()),
            score(),
            scoreMode,
            context.reader().maxDoc());
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return items.cardinality() + " items";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemsQuery query && items.equals(query.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }
}
