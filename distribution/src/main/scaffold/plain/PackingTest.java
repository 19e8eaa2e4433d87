package %package%;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import org.junit.jupiter.api.Test;

class PackingTest {
  @Test
  void whatWasPackedComesBack() {
    byte[] bytes = new byte[1000];
    bytes[7] = 42;
    assertArrayEquals(bytes, Packing.unpack(Packing.pack(bytes), bytes.length));
  }

  @Test
  void damagedBytesAreCorrupt() {
    ElacsymException e =
        assertThrows(ElacsymException.class, () -> Packing.unpack(new byte[] {1, 2, 3}, 10));
    assertEquals(ErrorKind.CORRUPT, e.kind());
  }
}
