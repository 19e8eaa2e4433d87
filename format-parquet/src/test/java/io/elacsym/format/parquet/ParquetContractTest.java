package io.elacsym.format.parquet;

import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.segment.SegmentFormatContract;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ParquetContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheContractWithDefaultOptions() {
    return ContractTests.of(SegmentFormatContract.checks(new ParquetFormatProvider()));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithTinyPagesAndRowGroups() {
    return ContractTests.of(
        SegmentFormatContract.checks(
            new ParquetFormatProvider(),
            Map.of(
                "compression", "snappy",
                "page_rows", "16",
                "page_bytes", "1KB",
                "row_group_bytes", "64KB")));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithoutCompression() {
    return ContractTests.of(
        SegmentFormatContract.checks(
            new ParquetFormatProvider(), Map.of("compression", "none", "page_rows", "100000")));
  }
}
