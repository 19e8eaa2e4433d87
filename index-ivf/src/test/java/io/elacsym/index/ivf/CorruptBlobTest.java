package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.Footer;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorruptBlobTest {
  private static final VectorField FIELD = new VectorField("vector", 16, Metric.L2);

  private Written index;
  private BlobHead head;

  @BeforeAll
  void build() {
    TestVectors vectors =
        TestVectors.of(Distribution.CLUSTERED.draw(1600, 16, new Random(Seed.current())));
    index = Indexes.write(FIELD, vectors, false, Indexes.context("list_rows", "64"));
    head = index.head();
  }

  private MemorySegment copy() {
    return MemorySegment.ofArray(index.blob().clone());
  }

  private void expectCorrupt(MemorySegment blob, String message) {
    byte[] bytes = blob.toArray(ValueLayout.JAVA_BYTE);
    assertThatThrownBy(() -> index.open(new MemoryBlobSource(bytes)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, metric",
    "8, quantizer",
    "16, bits",
    "20, dimension",
    "24, count",
    "28, segment rows",
    "32, lists",
    "36, always",
    "40, flags",
    "44, curve points",
    "64, offset of the vectors",
    "72, offset of the codes",
    "80, offset of the row numbers",
    "88, offset of the head",
    "96, reserved",
    "104, reserved",
    "112, reserved",
    "116, format version",
    "120, ELACSIVF",
  })
  void everyFieldOfTheFooterIsChecked(int at, String message) {
    for (int value : new int[] {-1, 0x7fffffff, 0x01010101}) {
      MemorySegment blob = copy();
      blob.set(Bytes.U32, blob.byteSize() - Footer.BYTES + at, value);
      expectCorrupt(blob, message);
    }
  }

  @Test
  void numbersOfTheModelAreChecked() {
    for (float value : new float[] {Float.NaN, -1, Float.POSITIVE_INFINITY}) {
      MemorySegment blob = copy();
      blob.set(Bytes.F32, blob.byteSize() - Footer.BYTES + 60, value);
      expectCorrupt(blob, "recall curve");
    }
    MemorySegment blob = copy();
    blob.set(Bytes.F32, blob.byteSize() - Footer.BYTES + 56, Float.NaN);
    expectCorrupt(blob, "recall curve");
  }

  @Test
  void anotherFieldOrSegmentIsRefused() {
    Written otherMetric =
        new Written(new VectorField("vector", 16, Metric.DOT), index.vectors(), index.blob());
    assertThatThrownBy(() -> otherMetric.open(otherMetric.source()))
        .hasMessageContaining("metric is 'l2', expected 'dot'");
    Written otherDimension =
        new Written(new VectorField("vector", 8, Metric.L2), index.vectors(), index.blob());
    assertThatThrownBy(() -> otherDimension.open(otherDimension.source()))
        .hasMessageContaining("dimension is 16, expected 8");
  }

  @Test
  void curveThatDoesNotRiseIsRefused() {
    MemorySegment blob = copy();
    blob.set(Bytes.F32, head.footer().headOffset() + head.footer().curveAt(), 0.97f);
    expectCorrupt(blob, "recall curve");
  }

  @Test
  void listsOutOfOrderAreRefused() {
    long table = head.footer().headOffset() + head.footer().listTableAt();
    for (int value : new int[] {-1, 0, 5000}) {
      MemorySegment blob = copy();
      blob.set(Bytes.U32, table + Footer.LIST_BYTES, value);
      expectCorrupt(blob, "out of order");
    }
    MemorySegment blob = copy();
    blob.set(Bytes.F32, table + 4, Float.NaN);
    expectCorrupt(blob, "step of list 0");
    for (int at : new int[] {8, 12, 16}) {
      MemorySegment other = copy();
      other.set(Bytes.F32, table + at, Float.NaN);
      expectCorrupt(other, "list 0");
    }
  }

  @Test
  void aMiddleThatIsNoNumberIsRefused() {
    MemorySegment blob = copy();
    blob.set(Bytes.F32, head.footer().headOffset(), Float.NaN);
    expectCorrupt(blob, "the middle");
  }

  @Test
  void rowNumbersThatRepeatOrLieOutsideAreRefused() {
    long at = head.footer().rowNumbersOffset();
    for (int value : new int[] {-1, 1600, copy().get(Bytes.U32, at + 4)}) {
      MemorySegment blob = copy();
      blob.set(Bytes.U32, at, value);
      expectCorrupt(blob, "row number");
    }
  }
}
