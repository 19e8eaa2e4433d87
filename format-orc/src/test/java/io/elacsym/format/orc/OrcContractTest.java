package io.elacsym.format.orc;

import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.segment.SegmentFormatContract;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OrcContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheContractWithDefaultOptions() {
    return ContractTests.of(SegmentFormatContract.checks(new OrcFormatProvider()));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithTinyRowGroupsChunksAndStripes() {
    return ContractTests.of(
        SegmentFormatContract.checks(
            new OrcFormatProvider(),
            Map.of(
                "compression", "snappy",
                "row_group_rows", "16",
                "chunk_bytes", "1KB",
                "stripe_bytes", "64KB")));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithoutCompression() {
    return ContractTests.of(
        SegmentFormatContract.checks(
            new OrcFormatProvider(), Map.of("compression", "none", "row_group_rows", "100000")));
  }
}
