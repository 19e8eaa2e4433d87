package io.elacsym.engine.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.system.LeafHistory;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bugs by which leaves would give wrong answers: the comparison with one node has to find them. */
final class LeafMutantTest {
  private static final int SEEDS = 20;

  static List<Mutant> mutants() {
    return List.of(
        new Mutant(
            "a leaf counts words in the rows that it believes to be alive",
            "query/SegmentAnswers.java",
            "index.statistics(counting.terms(), counting.live())",
            "index.statistics(counting.terms(), segment.storedLive())"),
        new Mutant(
            "a leaf searches another segment than it was asked about",
            "namespace/OpenNamespace.java",
            "              segment.entry().id().equals(request.segment())\n"
                + "                  && segment.digest().equals(request.digest()))",
            "segment.rowCount() > 0)"),
        new Mutant(
            "a leaf passes a part of the nearest rows as the whole",
            "query/SegmentAnswers.java",
            "new LeafAnswer.Vectors(found.hits(), found.strategy())",
            "new LeafAnswer.Vectors(new io.elacsym.api.index.VectorHits("
                + "java.util.Arrays.copyOf(found.hits().rows(), found.hits().rows().length / 2),"
                + "java.util.Arrays.copyOf(found.hits().scores(), found.hits().rows().length / 2),"
                + "found.hits().scored()), found.strategy())"),
        new Mutant(
            "a leaf that cannot answer says that nothing matches",
            "query/SegmentAnswers.java",
            "part.matching(matching.filter())",
            "io.elacsym.api.index.RowSet.of(segment.rowCount(), new java.util.BitSet())"),
        new Mutant(
            "the rows that a leaf has found are taken with the deleted ones",
            "query/RemotePart.java",
            ".rows().and(alive());",
            ".rows();"),
        new Mutant(
            "the reply to another question is taken",
            "leaf/LeafCodec.java",
            "if (Items.number(cbor) != Frame.checksum(request)) {",
            "if (Items.number(cbor) == Long.MIN_VALUE) {"));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaught(Mutant mutant) throws ReflectiveOperationException {
    LongFunction<Optional<String>> history = load(mutant);
    Optional<String> caught =
        LongStream.rangeClosed(1, SEEDS).mapToObj(history).flatMap(Optional::stream).findFirst();
    assertThat(caught).as("caught by %d seeds: %s", SEEDS, mutant).isPresent();
  }

  @SuppressWarnings("unchecked")
  private static LongFunction<Optional<String>> load(Mutant mutant)
      throws ReflectiveOperationException {
    MutantLoader loader = new MutantLoader(MutantCompiler.compile(mutant));
    return (LongFunction<Optional<String>>)
        loader.loadClass(LeafHistory.class.getName()).getConstructor().newInstance();
  }
}
