package io.elacsym.index.ivf.search;

import io.elacsym.api.VectorMath;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Candidates;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.quantizer.CodeShape;
import io.elacsym.index.ivf.quantizer.QueryTables;
import java.lang.foreign.MemorySegment;

/**
 * Estimates the scores of items by their codes, a block of 64 at a time: the plane tells which may
 * be hits, and only these are refined. A block without an accepted item costs nothing.
 */
final class CodeScan implements Scan {
  private static final int BLOCK = VectorMath.BLOCK;

  private final BlobHead head;
  private final CodeShape shape;
  private final SpaceQuery query;
  private final QueryTables tables;
  private final VectorMath math;
  private final ListReads reads;
  private final Accepted accepted;
  private final Candidates candidates;
  private final Doubt doubt;
  private final int[] sums = new int[BLOCK];
  private final float[] scores = new float[BLOCK];
  private final float[] field = new float[1];
  private final float[] centroid;
  private float base;
  private float distance;
  private final Runnable checkCancelled;
  private int scored;

  CodeScan(
      BlobHead head,
      ListReads reads,
      SpaceQuery query,
      Accepted accepted,
      Candidates candidates,
      Doubt doubt,
      Runnable checkCancelled) {
    this.reads = reads;
    this.checkCancelled = checkCancelled;
    this.head = head;
    this.shape = head.quantizer().shape();
    this.query = query;
    this.tables = query.tables(head.quantizer());
    this.math = query.similarity().math();
    this.accepted = accepted;
    this.candidates = candidates;
    this.doubt = doubt;
    this.centroid = new float[head.table().components()];
  }

  @Override
  public void visit(int[] lists) {
    reads.read(lists, accepted, this::scan);
  }

  private void scan(int list, int first, int end, MemorySegment bytes) {
    checkCancelled.run();
    head.table().centroid(list, centroid);
    base = query.centroidScore(centroid, head.table().alongMiddle()[list]);
    distance = query.distance(centroid);
    float planeDoubt = shape.isRefined() ? doubt.refined() : doubt.last();
    VectorMath.Estimate estimate =
        new VectorMath.Estimate(
            base,
            tables.offset(),
            tables.step(),
            planeDoubt * distance,
            planeDoubt * tables.noise());
    int firstBlock = first / BLOCK;
    for (int block = firstBlock; block < CodeShape.blocks(end); block++) {
      long word = accepted.word(block, first, end);
      if (word != 0) {
        scored += Long.bitCount(word);
        long at = (long) shape.blockBytes() * (block - firstBlock);
        if (shape.hasPlane()) {
          word &= reached(estimate, bytes, at);
        }
        for (; word != 0; word &= word - 1) {
          offer(BLOCK * block, Long.numberOfTrailingZeros(word), bytes, at);
        }
      }
    }
  }

  /** Which items of a block may be hits after their plane. */
  private long reached(VectorMath.Estimate estimate, MemorySegment bytes, long at) {
    math.tableSums(tables.tables(), tables.groups(), bytes, at, sums);
    return math.blockScores(
        sums, bytes, at + shape.factorsAt(), estimate, candidates.threshold(), scores);
  }

  private void offer(int firstItem, int place, MemorySegment bytes, long block) {
    float score;
    float scale;
    float error;
    float noise;
    if (shape.isRefined()) {
      long at = block + shape.refinementsAt() + (long) shape.refinementBytes() * place;
      scale = bytes.get(Bytes.F32, at + 4);
      error = bytes.get(Bytes.F32, at + 8);
      noise = tables.noise() * shape.planeWeight();
      score = base + bytes.get(Bytes.F32, at) + scale * product(place, bytes, at);
    } else {
      long at = block + shape.factorsAt() + 4L * place;
      scale = bytes.get(Bytes.F32, at + 4L * BLOCK);
      error = bytes.get(Bytes.F32, at + 8L * BLOCK);
      noise = tables.noise();
      score = scores[place];
    }
    candidates.offer(firstItem + place, score, doubt.last() * (error * distance + noise * scale));
  }

  private float product(int place, MemorySegment bytes, long at) {
    long code = at + CodeShape.FACTOR_BYTES;
    int stride = shape.codeBytes();
    if (shape.bits() == Byte.SIZE) {
      math.byteDots(query.rotated(), bytes, code, stride, 1, field, 0);
    } else {
      math.packedDots(query.rotated(), shape.bits(), bytes, code, stride, 1, field, 0);
    }
    float plane = tables.offset() + tables.step() * sums[place];
    return shape.refined(plane, field[0], query.sum());
  }

  @Override
  public float score(int rank) {
    return candidates.sure(rank);
  }

  @Override
  public int scored() {
    return scored;
  }
}
